package io.patchbay.converge.netbox;

import io.patchbay.netbox.NetBox;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deletions how many objects a turn may delete in NetBox without approval, at least 0
 * @param deletionsPercent likewise as a part of what is mirrored, 0 to 100; the larger of the two counts
 * @param approval how long an approval of more deletions lasts, at least 1s
 * @param servicesATurn how many services one turn brings to NetBox, 1 to 500
 * @param bulk how many objects one call creates, changes or deletes, 1 to 1000: NetBox takes some 30 ms for each
 * @param attempts how often a service is tried before it counts as failed, at least 1; while NetBox is away nothing counts
 * @param retryAfter how long after a first failure it is tried again, at least 100 ms; doubled each time
 */
@ConfigurationProperties("patchbay.netbox.mirror")
public record NetBoxMirrorSettings(
        @DefaultValue("50") int deletions,
        @DefaultValue("1") double deletionsPercent,
        @DefaultValue("10m") Duration approval,
        @DefaultValue("500") int servicesATurn,
        @DefaultValue("100") int bulk,
        @DefaultValue("5") int attempts,
        @DefaultValue("10s") Duration retryAfter) {
    public NetBoxMirrorSettings {
        require(deletions >= 0, "deletions", deletions, "at least 0");
        require(
                deletionsPercent >= 0 && deletionsPercent <= 100,
                "deletions-percent",
                deletionsPercent,
                "from 0 to 100");
        require(approval.compareTo(Duration.ofSeconds(1)) >= 0, "approval", approval, "at least 1s");
        require(servicesATurn >= 1 && servicesATurn <= 500, "services-a-turn", servicesATurn, "from 1 to 500");
        require(bulk >= 1 && bulk <= NetBox.BULK_LIMIT, "bulk", bulk, "from 1 to " + NetBox.BULK_LIMIT);
    }

    private static void require(boolean right, String name, Object value, String must) {
        if (!right) {
            throw new IllegalArgumentException(
                    "patchbay.netbox.mirror." + name + " is " + value + "; it must be " + must + ".");
        }
    }
}
