package io.patchbay.console;

/** Something without which the hub does not answer: the sockets, the index. */
public interface ReadinessGate {
    /** One word for the health page. */
    String name();

    boolean isOpen();

    /** What an operator wants to know about it, open or not. */
    String detail();
}
