package io.patchbay.session;

/** Whether subscribers wait to be let in: then Interim-Updates, which will be said again, give way. Asked once a group. */
@FunctionalInterface
public interface LoginsWaiting {
    boolean areWaiting();
}
