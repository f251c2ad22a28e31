package io.patchbay.api.operation;

import io.patchbay.api.AfterCommit;
import io.patchbay.binding.ChangeFeed;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * A node applies its own change before the API answers: whoever was told that a subscriber is suspended does not see it log
 * in a moment later. A database that goes away between the commit and this is no error of the change: the feed brings it.
 */
final class OwnChanges {
    private static final Logger log = LoggerFactory.getLogger(OwnChanges.class);

    private final ChangeFeed feed;

    OwnChanges(ChangeFeed feed) {
        this.feed = feed;
    }

    void service(long serviceId) {
        apply(() -> feed.refreshNow(serviceId));
    }

    /** @param changed read when the change is committed */
    void services(Supplier<long[]> changed) {
        apply(() -> feed.refreshNow(changed.get()));
    }

    /** NAS clients, plans, access nodes, tenants. */
    void directory() {
        apply(feed::refreshDirectoryNow);
    }

    /** Services that were created, and the access nodes with them; many at once. */
    void created(long... serviceIds) {
        apply(() -> {
            feed.refreshDirectoryNow();
            feed.takeInNow(serviceIds);
        });
    }

    private static void apply(Runnable refresh) {
        AfterCommit.run(() -> {
            try {
                refresh.run();
            } catch (DataAccessException away) {
                log.warn("A change is stored, and will be applied when the database is back: {}", away.getMessage());
            }
        });
    }
}
