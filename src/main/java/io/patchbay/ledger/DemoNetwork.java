package io.patchbay.ledger;

import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.FileSystemResource;

/** What config/demo/network.yaml says. */
record DemoNetwork(List<DemoPlan> plans, List<DemoNode> accessNodes, List<DemoNas> nasClients) {

    record DemoPlan(
            String name,
            int rateDownKbps,
            int rateUpKbps,
            int sessionTimeoutSeconds,
            int interimIntervalSeconds,
            int sessionLimit) {}

    record DemoNode(String name, @DefaultValue("tr-101") String template) {}

    record DemoNas(
            String name,
            String address,
            String vendor,
            String secret,
            @DefaultValue("auto") MessageAuthenticatorMode messageAuthenticator,
            boolean option82Trusted,

            @Name("option82-policy") @DefaultValue("enforce")
            Option82Policy option82Policy,

            @DefaultValue("off") LineAuthentication lineAuthentication,
            String portTemplate) {

        NasClient toNasClient(long tenantId) {
            return new NasClient(
                    0,
                    name,
                    tenantId,
                    IpPrefix.parse(address),
                    vendor,
                    List.of(new NasSecret(0, Octets.ofText(secret))),
                    messageAuthenticator,
                    true,
                    option82Trusted,
                    option82Policy,
                    lineAuthentication,
                    null,
                    DenialPolicy.REJECT,
                    DenialPolicy.REJECT,
                    DenialPolicy.REJECT,
                    portTemplate,
                    1000,
                    DynamicAuthorization.USUAL,
                    null);
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "DemoNas[" + name + "]";
        }
    }

    /** @throws org.springframework.boot.context.properties.bind.BindException naming file, line and property */
    static DemoNetwork read(Path file) throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load(file.toString(), new FileSystemResource(file))
                .forEach(sources::addLast);
        return new Binder(ConfigurationPropertySources.from(sources)).bindOrCreate("", DemoNetwork.class);
    }
}
