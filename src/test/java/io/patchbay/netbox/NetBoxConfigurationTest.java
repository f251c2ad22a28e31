package io.patchbay.netbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.lab.NetBoxSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The beans and the routes together, as the hub starts them. */
class NetBoxConfigurationTest {
    @TempDir
    private Path folder;

    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class))
            .withUserConfiguration(NetBoxConfiguration.class)
            .withBean(ObjectMapper.class, ObjectMapper::new)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withInitializer(
                    context -> new org.springframework.boot.test.context.ConfigDataApplicationContextInitializer()
                            .initialize(context))
            .withPropertyValues("camel.main.routes-include-pattern=file:routes/netbox.camel.yaml");

    @Test
    void withoutAnAddressNothingOfItIsThere() {
        hub.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(CamelContext.class).getRoutes()).isEmpty();
            NetBox netBox = context.getBean(NetBox.class);
            assertThat(netBox.isConfigured()).isFalse();
            assertThat(netBox.status())
                    .isInstanceOfSatisfying(NetBoxOutcome.Unusable.class, none -> assertThat(none.reason())
                            .contains("patchbay.netbox.url"));
            assertThat(context.getBean(NetBoxWatch.class).isConfigured()).isFalse();
        });
    }

    @Test
    void withAnAddressItIsFoundAndPrepared() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), NetBoxSimulator.TOKEN_OF_VERSION_TWO + "\n");
        try (NetBoxSimulator simulator = new NetBoxSimulator("4.6.8")) {
            hub.withPropertyValues(
                            "patchbay.netbox.url=" + simulator.url(),
                            "patchbay.netbox.token-file=" + token,
                            "patchbay.netbox.watch-interval=200ms")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        await().atMost(Duration.ofSeconds(20)).until(() -> context.getBean(NetBoxWatch.class)
                                .state()
                                .isReachable());
                        await().atMost(Duration.ofSeconds(20))
                                .until(() -> simulator.size(ObjectType.CUSTOM_FIELD) == 3);
                        MeterRegistry meters = context.getBean(MeterRegistry.class);
                        assertThat(meters.get("patchbay.netbox.breaker.open")
                                        .gauge()
                                        .value())
                                .isZero();
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "url=ftp://netbox,                        patchbay.netbox.url",
        "url=http://user:secret@netbox,           patchbay.netbox.url",
        "url=http://netbox/?a=b,                  patchbay.netbox.url",
        "deadline=1s,                             patchbay.netbox.deadline",
        "connections=0,                           patchbay.netbox.connections",
        "page-size=1001,                          patchbay.netbox.page-size",
        "custom-fields.key=patchbay-key,          patchbay.netbox.custom-fields.key",
        "tag=with blank,                          patchbay.netbox.tag",
    })
    void aWrongSettingStopsTheStartWithItsName(String setting, String named) {
        hub.withPropertyValues("patchbay.netbox." + setting)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(named));
    }
}
