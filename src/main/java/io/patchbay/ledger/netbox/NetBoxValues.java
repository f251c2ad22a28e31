package io.patchbay.ledger.netbox;

import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.util.List;

/** Addresses and prefixes between NetBox's spelling and ours. */
final class NetBoxValues {
    private NetBoxValues() {}

    /** As the ledger has it: of an IPAddress the host alone, whatever mask it bears. Null for what is no value. */
    static IpPrefix prefix(NetBoxObject object) {
        String text = text(object);
        if (text == null) {
            return null;
        }
        try {
            IpPrefix parsed = IpPrefix.parse(text);
            return object.type() == ObjectType.IP_ADDRESS
                    ? IpPrefix.parse(parsed.addressText() + (parsed.v6() ? "/128" : "/32"))
                    : parsed;
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** As NetBox writes it. */
    static String text(NetBoxObject object) {
        return object.type() == ObjectType.VLAN ? object.text("vid") : object.text(field(object.type()));
    }

    static String field(ObjectType type) {
        return type == ObjectType.IP_ADDRESS ? "address" : "prefix";
    }

    /** What NetBox has there, in whichever VRF. */
    static NetBoxOutcome<List<NetBoxObject>> at(NetBox netBox, ObjectType type, IpPrefix prefix) {
        return netBox.find(
                type,
                type == ObjectType.IP_ADDRESS
                        ? Filters.of("address", prefix.addressText())
                        : Filters.of("prefix", prefix.toString()));
    }
}
