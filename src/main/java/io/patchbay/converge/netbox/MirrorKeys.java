package io.patchbay.converge.netbox;

import io.patchbay.netbox.ClaimKey;
import java.util.OptionalLong;

/** The keys of the mirror's objects: {@code service-12/ipv4-address}, {@code vlan-domain-3/100}. */
final class MirrorKeys {
    private static final String SERVICE = "service-";
    private static final String DOMAIN = "vlan-domain-";
    /** An S-VLAN that has C-VLANs, which NetBox keeps apart from one that has lines. */
    private static final String QINQ = "/svlan";

    private MirrorKeys() {}

    /** An S-VLAN that many services are in, or that holds the C-VLANs of many. */
    record ServiceVlan(long domainId, int number, boolean qinq) {
        String key() {
            return DOMAIN + domainId + "/" + number + (qinq ? QINQ : "");
        }
    }

    /** @param slot the kind of what it is, with the prefix where a service may have several */
    static ClaimKey ofService(long serviceId, String slot) {
        return new ClaimKey(SERVICE + serviceId + "/" + slot);
    }

    /** The service of a key; empty for a key of another sort. */
    static OptionalLong service(String key) {
        if (key == null || !key.startsWith(SERVICE)) {
            return OptionalLong.empty();
        }
        int slash = key.indexOf('/');
        try {
            return slash < 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(key.substring(SERVICE.length(), slash)));
        } catch (NumberFormatException notOurs) {
            return OptionalLong.empty();
        }
    }

    /** The S-VLAN of a key; null for a key of another sort. */
    static ServiceVlan serviceVlan(String key) {
        if (key == null || !key.startsWith(DOMAIN)) {
            return null;
        }
        boolean qinq = key.endsWith(QINQ);
        String[] numbers = key.substring(DOMAIN.length(), qinq ? key.length() - QINQ.length() : key.length())
                .split("/");
        try {
            return numbers.length == 2
                    ? new ServiceVlan(Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]), qinq)
                    : null;
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }
}
