package io.patchbay.console;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Something without which the hub does not answer: the sockets, the index. */
public interface ReadinessGate {
    /** One word for the health page. */
    String name();

    boolean isOpen();

    /** What an operator wants to know about it, open or not. */
    String detail();

    static ReadinessGate of(String name, BooleanSupplier open, Supplier<String> detail) {
        return new ReadinessGate() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean isOpen() {
                return open.getAsBoolean();
            }

            @Override
            public String detail() {
                return detail.get();
            }
        };
    }
}
