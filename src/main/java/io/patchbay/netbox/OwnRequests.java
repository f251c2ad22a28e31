package io.patchbay.netbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names that NetBox gave to the hub's last writes, so that their changes are not taken for somebody else's. */
final class OwnRequests {
    private static final int REMEMBERED = 20_000;

    private final String user;
    private final Map<String, Boolean> requests = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param user NetBox's user who is the hub and nobody else; empty when there is none such */
    OwnRequests(String user) {
        this.user = user;
    }

    synchronized void note(String requestId) {
        requests.put(requestId, Boolean.TRUE);
    }

    synchronized boolean isOwn(String by, String requestId) {
        return (!user.isEmpty() && user.equals(by)) || (requestId != null && requests.containsKey(requestId));
    }
}
