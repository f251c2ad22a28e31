package io.patchbay.converge.nas;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.BindingLoader;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.converge.ConvergenceReader;
import io.patchbay.converge.ConvergenceSettings;
import io.patchbay.converge.ConvergenceState;
import io.patchbay.converge.ConvergenceWorker;
import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.lab.NasSimulator;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.PlanChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.coa.CoaClient;
import io.patchbay.radius.coa.CoaClientSettings;
import io.patchbay.radius.dictionary.AttributeListing;
import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.radius.dictionary.DictionaryParser;
import io.patchbay.reply.Fingerprint;
import io.patchbay.reply.InterimIntervals;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger in a real PostgreSQL, sessions in it, simulated NASes, and the worker, turned by hand. */
final class NasConvergenceFixture implements AutoCloseable {
    static final String SECRET = "secret of the NAS";
    static final ConvergenceSettings QUICK = new ConvergenceSettings(
            3, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMinutes(2), 200, 5000);
    private static final Dictionary DICTIONARY = DictionaryParser.load(Path.of("dictionaries/dictionary"));
    private static final ReplyProfiles PROFILES =
            ReplyProfiles.load(Path.of("config/reply"), DICTIONARY, InterimIntervals.USUAL);
    private static final AtomicLong NEXT_SESSION = new AtomicLong(1);

    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final EventLog events;
    final ServiceChanges services;
    final NasClients nasClients;
    final BindingIndex index = new BindingIndex();
    final ChangeFeed feed;
    private CoaClient client;
    final ConvergenceReader reader;
    final CoaAuditReader audit;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ConvergenceSettings settings = QUICK;
    /** Whether the workers get no transaction. */
    boolean databaseAway;

    private final TransactionOperations workers = new TransactionOperations() {
        @Override
        public <T> T execute(TransactionCallback<T> action) {
            if (databaseAway) {
                throw new CannotCreateTransactionException("The database is away.");
            }
            return transaction.execute(action);
        }
    };

    ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> worker;
    SessionDisconnect disconnect;

    NasConvergenceFixture(Path folder) {
        var dataSource = TestDatabase.fresh();
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        events = new EventLog(jdbc);
        services = new ServiceChanges(jdbc, transaction, events);
        Vault vault = new Vault(MasterKeys.loadOrCreate(folder.resolve("master.key")));
        nasClients = new NasClients(jdbc, transaction, events, vault);
        BindingLoader loader =
                new BindingLoader(jdbc, vault, new UnreadableSecrets(), new NasObservations(jdbc, Clock.systemUTC()));
        feed = new ChangeFeed(loader, loader, index, () -> {});
        client = client(Duration.ofSeconds(10));
        reader = new ConvergenceReader(jdbc);
        audit = new CoaAuditReader(jdbc);
        worker = newWorker();
    }

    /** Gives a NAS up after two datagrams and 600 ms, rather than one and ten seconds. */
    NasConvergenceFixture impatient() {
        client = client(Duration.ofMillis(300), Duration.ofMillis(300));
        worker = newWorker();
        return this;
    }

    private CoaClient client(Duration... waits) {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        CoaClient made = new CoaClient(new CoaClientSettings(loopback, 4, 100, List.of(waits), 0), dropped -> {});
        opened.add(made);
        return made;
    }

    NasConvergenceFixture settings(ConvergenceSettings other) {
        settings = other;
        worker = newWorker();
        return this;
    }

    /** Another node over the same ledger, but for its memory. */
    ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> newWorker() {
        SessionRows rows = new SessionRows(jdbc, new GivenRates(jdbc, index::directory));
        NasTarget target = new NasTarget(
                index,
                PROFILES,
                rows,
                new SessionSender(PROFILES, List.of(client)),
                new CoaAudit(jdbc),
                new CoaCounters(new SimpleMeterRegistry()),
                InstantSource.system());
        var made = new ConvergenceWorker<>(target, jdbc, workers, feed::position, settings, () -> {});
        disconnect = new SessionDisconnect(rows, target, made);
        return made;
    }

    /** A simulated NAS that the ledger knows. */
    NasSimulator nas(String address) {
        return nas(address, "generic", DenialPolicy.REJECT);
    }

    NasSimulator nas(String address, String vendor, DenialPolicy suspended) {
        NasSimulator nas = new NasSimulator(address, SECRET);
        opened.add(nas);
        nasClients.create(
                new NasClient(
                        0,
                        "nas-" + address,
                        only("tenant"),
                        IpPrefix.parse(address),
                        vendor,
                        List.of(new NasClient.NasSecret(0, Octets.ofText("the secret of its log-ins"))),
                        MessageAuthenticatorMode.AUTO,
                        true,
                        true,
                        Option82Policy.ENFORCE,
                        LineAuthentication.IGNORE_PASSWORD,
                        null,
                        DenialPolicy.REJECT,
                        suspended,
                        DenialPolicy.REJECT,
                        null,
                        0,
                        new DynamicAuthorization(
                                DynamicAuthorization.Transport.UDP, nas.port(), null, Octets.ofText(SECRET)),
                        null),
                Actor.named("test"));
        feed.catchUp();
        return nas;
    }

    long plan(String name, int down, int up, String qosProfile) {
        return transaction.execute(status -> {
            long id = id(
                    "insert into plan (tenant_id, name, rate_down_kbps, rate_up_kbps, qos_profile) values (?, ?, ?, ?, ?) returning id",
                    only("tenant"),
                    name,
                    down,
                    up,
                    qosProfile);
            events.append(Actor.named("test"), EventType.PLAN_CHANGED, id, Map.of());
            return id;
        });
    }

    void changeRates(long planId, int down, int up) {
        new PlanChanges(jdbc, transaction, events).setRates(planId, down, up, null, Actor.named("test"));
    }

    long service(long planId) {
        long service = transaction.execute(status -> {
            long subscriber = id(
                    "insert into subscriber (tenant_id, external_id) values (?, ?) returning id",
                    only("tenant"),
                    "s" + NEXT_SESSION.incrementAndGet());
            long id = id(
                    "insert into service (subscriber_id, tenant_id, plan_id) values (?, ?, ?) returning id",
                    subscriber,
                    only("tenant"),
                    planId);
            events.append(Actor.named("test"), EventType.SERVICE_CREATED, id, Map.of());
            return id;
        });
        feed.catchUp();
        return service;
    }

    void giveAddress(long serviceId, String address) {
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "insert into service_prefix (service_id, vrf_id, kind, prefix) values (?, ?, 'ipv4-address', ?::cidr)",
                    serviceId,
                    only("vrf"),
                    address);
            events.append(Actor.named("test"), EventType.SERVICE_CHANGED, serviceId, Map.of());
        });
    }

    /** What a log-in would have written into Class at this moment. */
    String classOf(long serviceId) {
        return classOf(serviceId, Fingerprint.of(index.byService(serviceId)));
    }

    static String classOf(long serviceId, Fingerprint given) {
        return String.format("pb1:%d:%08x:%08x", serviceId, given.rates(), given.shape());
    }

    /** A live session on this NAS, as accounting would have stored it. @param classValue null for a NAS without */
    long session(NasSimulator nas, long serviceId, String classValue) {
        long id = NEXT_SESSION.incrementAndGet();
        String acctSessionId = "session-" + id;
        String address = nas.address().getAddress().getHostAddress();
        Timestamp now = Timestamp.from(Instant.now());
        jdbc.update(
                """
                insert into session (id, nas_client_id, nas_name, nas_identity, nas_address, acct_session_id, service_id,
                    user_name, class, started_at, start_seen, last_heard_at)
                select ?, id, name, 'bng-of-the-lab', ?::inet, ?, ?, ?, ?, ?, true, ? from nas_client where name = ?""",
                id,
                address,
                acctSessionId.getBytes(StandardCharsets.US_ASCII),
                serviceId,
                "user-" + serviceId,
                classValue == null ? null : classValue.getBytes(StandardCharsets.US_ASCII),
                now,
                now,
                "nas-" + address);
        nas.session(acctSessionId);
        return id;
    }

    /** As the accounting Stop does. */
    void stop(String acctSessionId) {
        jdbc.update("update session set ended_at = now(), end_cause = 'Admin-Reset' where acct_session_id = ?", (Object)
                acctSessionId.getBytes(StandardCharsets.US_ASCII));
    }

    Map<String, Object> follow() {
        return jdbc.queryForMap(sql("converge-nas-follow"));
    }

    Map<String, Object> followLate(int seconds) {
        return jdbc.queryForMap(sql("converge-nas-follow-late").replace(":#seconds", Integer.toString(seconds)));
    }

    static String sql(String name) {
        try (InputStream file = NasConvergenceFixture.class.getResourceAsStream("/sql/" + name + ".sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the route does at every waking. */
    void turn() {
        feed.catchUp();
        follow();
        worker.turn();
    }

    void turnUntil(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
            turn();
            return condition.call();
        });
    }

    void turnUntilState(long serviceId, String state) {
        turnUntil(() -> state.equals(state(serviceId).state()));
    }

    ConvergenceState state(long serviceId) {
        List<ConvergenceState> states = reader.ofService(serviceId);
        return states.isEmpty()
                ? new ConvergenceState(serviceId, "nas", 0, 0, "none", 0, null, null, null)
                : states.getFirst();
    }

    List<CoaAttemptView> attempts(long sessionId) {
        return audit.read(new CoaAuditReader.Filter(sessionId, null, null), Long.MAX_VALUE, 100)
                .reversed();
    }

    static List<String> lines(RadiusPacket packet) {
        return new AttributeListing(DICTIONARY).lines(packet.bytes(), RadiusPacket.HEADER_LENGTH, packet.length());
    }

    long only(String table) {
        return jdbc.queryForObject("select min(id) from " + table, Long.class);
    }

    private long id(String sql, Object... parameters) {
        return jdbc.queryForObject(sql, Long.class, parameters);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
