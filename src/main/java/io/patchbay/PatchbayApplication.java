package io.patchbay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the hub. */
@SpringBootApplication
public class PatchbayApplication {
    public static void main(String[] args) {
        // Netty samples its buffers for leaks with a stack trace each; what the hub does with them is tested instead.
        System.setProperty("io.netty.leakDetection.level", "disabled");
        SpringApplication.run(PatchbayApplication.class, args);
    }
}
