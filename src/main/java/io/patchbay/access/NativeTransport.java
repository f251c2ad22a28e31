package io.patchbay.access;

import io.netty.channel.epoll.Epoll;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives {@code patchbay.radius.native-transport} its default: epoll where there is one, since it receives and sends many
 * datagrams with one system call; Java's own sockets elsewhere.
 */
public final class NativeTransport implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "nativeTransport",
                        Map.of("patchbay.radius.native-transport", String.valueOf(Epoll.isAvailable()))));
    }
}
