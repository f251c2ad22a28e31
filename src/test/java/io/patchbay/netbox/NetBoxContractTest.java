package io.patchbay.netbox;

import io.patchbay.lab.NetBoxSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The same tests on the lab's NetBox in each of the versions that differ and, when NETBOX_URL and NETBOX_TOKEN are set, on a
 * real one, in which they leave nothing but the custom fields and the tag.
 */
class NetBoxContractTest {
    private static final Map<String, String> SMALL_PAGES = Map.of("page-size", "10");

    abstract static class OnSimulator extends NetBoxContract {
        private final String version;
        private final String token;
        private NetBoxSimulator simulator;

        OnSimulator(String version, String token) {
            this.version = version;
            this.token = token;
        }

        @BeforeAll
        void startSimulator() {
            simulator = new NetBoxSimulator(version);
        }

        @AfterAll
        void stopSimulator() {
            simulator.close();
        }

        @Override
        NetBoxFixture open() throws Exception {
            return openWithToken(token);
        }

        @Override
        NetBoxFixture openWithToken(String other) throws Exception {
            return new NetBoxFixture(simulator.url(), other, SMALL_PAGES);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class On42 extends OnSimulator {
        On42() {
            super("4.2.9", NetBoxSimulator.TOKEN);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class On44 extends OnSimulator {
        On44() {
            super("4.4.10", NetBoxSimulator.TOKEN);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class On46 extends OnSimulator {
        On46() {
            super("4.6.8", NetBoxSimulator.TOKEN_OF_VERSION_TWO);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class On47 extends OnSimulator {
        On47() {
            super("4.7.0-beta1", NetBoxSimulator.TOKEN_OF_VERSION_TWO);
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = "NETBOX_URL", matches = "http.+")
    @EnabledIfEnvironmentVariable(named = "NETBOX_TOKEN", matches = ".+")
    class OnRealNetBox extends NetBoxContract {
        @Override
        NetBoxFixture open() throws Exception {
            return openWithToken(System.getenv("NETBOX_TOKEN"));
        }

        @Override
        NetBoxFixture openWithToken(String token) throws Exception {
            return new NetBoxFixture(System.getenv("NETBOX_URL"), token, SMALL_PAGES);
        }
    }
}
