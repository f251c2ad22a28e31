package io.patchbay.binding;

import io.patchbay.event.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Drives the change feed: woken by NOTIFY over a connection of its own, and in any case once a poll interval. When the
 * database goes away it tries again, waiting twice as long each time up to the poll interval times ten.
 */
public final class FeedThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedThread.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);

    private final ChangeFeed feed;
    private final DataSource dataSource;
    private final Duration pollInterval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Connection listening;
    private volatile boolean connected;

    /**
     * @param dataSource gives the connection that listens, which is kept: best not one of a pool
     * @param pollInterval how long a change may wait when its notification is lost; 1 s is right
     */
    public FeedThread(ChangeFeed feed, DataSource dataSource, Duration pollInterval) {
        this.feed = feed;
        this.dataSource = dataSource;
        this.pollInterval = pollInterval;
        this.thread = Thread.ofPlatform().name("change-feed").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether the database answered when it was last asked. */
    public boolean isConnected() {
        return connected;
    }

    private void run() {
        Duration wait = FIRST_WAIT;
        while (closed.getCount() > 0) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
                listening = connection;
                while (closed.getCount() > 0) {
                    feed.catchUp();
                    tellConnected();
                    wait = FIRST_WAIT;
                    connection.unwrap(PGConnection.class).getNotifications((int) pollInterval.toMillis());
                }
            } catch (SQLException | DataAccessException away) {
                tellAway(away);
                wait = await(wait);
            } catch (RuntimeException fault) {
                LOG.error("The change feed failed; it tries again", fault);
                wait = await(wait);
            }
        }
    }

    private static void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + EventLog.CHANNEL);
        }
    }

    private void tellConnected() {
        if (!connected) {
            LOG.info("The change feed follows the ledger");
        }
        connected = true;
    }

    private void tellAway(Exception away) {
        if (closed.getCount() > 0 && connected) {
            LOG.warn("The database is away; the hub answers on from memory and tries again: {}", away.getMessage());
        }
        connected = false;
    }

    private Duration await(Duration wait) {
        try {
            closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            closed.countDown();
        }
        Duration longest = pollInterval.multipliedBy(10);
        Duration next = wait.multipliedBy(2);
        return next.compareTo(longest) > 0 ? longest : next;
    }

    /** Stops at once, by cutting the connection at which the thread listens. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Connection connection = listening;
            if (connection != null) {
                connection.abort(Runnable::run);
            }
            thread.join(Duration.ofSeconds(10));
        } catch (SQLException alreadyCut) {
            LOG.debug("The listening connection was cut already", alreadyCut);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
