package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.netbox.NetBox;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** A hub that knows of no NetBox is none the worse. */
@HubTest
class NetBoxHealthTest {
    @Autowired
    private CamelContext camel;

    @Autowired
    private NetBox netBox;

    @Autowired
    private HealthIndicator netboxHealthIndicator;

    @Test
    void withoutNetBoxTheHubIsUpAndSaysSo() {
        assertThat(camel.getRoute("call-netbox")).isNull();
        assertThat(camel.getRoute("watch-netbox")).isNull();
        assertThat(netBox.isConfigured()).isFalse();
        assertThat(netboxHealthIndicator.health().getStatus()).isEqualTo(Status.UP);
        assertThat(netboxHealthIndicator.health().getDetails()).containsEntry("state", "not configured");
    }
}
