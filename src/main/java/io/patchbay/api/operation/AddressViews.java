package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressBlock;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.Arrays;

/** Pools and what is in them as the contract shows them. */
final class AddressViews {
    private AddressViews() {}

    /** @param tenant null: everybody's */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pool(
            long id,
            String name,
            String tenant,
            String vrf,
            String kind,
            int assignedLength,
            Integer netmaskLength,
            long coolDownSeconds,
            String authority) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Block(long id, String prefix, Long netBoxId) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hold(
            long id,
            String pool,
            String prefix,
            String reason,
            Long serviceId,
            Instant until,
            String note,
            Instant createdAt,
            String createdBy) {}

    static Pool pool(AddressPool pool, String tenant, String vrf) {
        return new Pool(
                pool.id(),
                pool.name(),
                tenant,
                vrf,
                pool.kind().word(),
                pool.assignedLength(),
                pool.netmaskLength(),
                pool.coolDown().toSeconds(),
                Words.of(pool.authority()));
    }

    static Block block(AddressBlock block) {
        return new Block(block.id(), text(block.prefix()), block.netBoxId());
    }

    static Hold hold(AddressHold hold, String pool) {
        return new Hold(
                hold.id(),
                pool,
                text(hold.prefix()),
                Words.of(hold.reason()),
                hold.serviceId(),
                hold.until(),
                hold.note(),
                hold.createdAt(),
                hold.createdBy());
    }

    /** With the longest run of zeros of an IPv6 address left out (RFC 5952 section 4.2), as PostgreSQL writes it. */
    static String text(IpPrefix prefix) {
        if (!prefix.v6()) {
            return prefix.toString();
        }
        String[] groups = prefix.addressText().split(":");
        int longest = 0;
        int start = -1;
        for (int from = 0; from < groups.length; from++) {
            int to = from;
            while (to < groups.length && groups[to].equals("0")) {
                to++;
            }
            if (to - from > Math.max(longest, 1)) {
                longest = to - from;
                start = from;
            }
        }
        if (start < 0) {
            return prefix.toString();
        }
        String before = String.join(":", Arrays.copyOfRange(groups, 0, start));
        String after = String.join(":", Arrays.copyOfRange(groups, start + longest, groups.length));
        return before + "::" + after + "/" + prefix.length();
    }
}
