package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** By which name and with which password the user of a service logs in: set, changed, removed. The password is never read. */
public final class CredentialChanges {
    private static final int MOST_BYTES = 253;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final Credentials credentials;

    public CredentialChanges(
            JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events, Credentials credentials) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.credentials = credentials;
    }

    /** @param userName normalised; @param scheme as the table has it, such as {@code bcrypt} */
    public record Shown(String userName, String scheme) {
        private Map<String, Object> told() {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("userName", userName);
            told.put("scheme", scheme);
            return told;
        }
    }

    /** @throws LedgerNotFound when there is no such service, or it has none */
    public Shown get(long serviceId) {
        return find(serviceId).orElseThrow(() -> new LedgerNotFound("Service " + serviceId + " has no credential."));
    }

    /**
     * @param userName as a user would type it; read by the tenant's rules
     * @param password as an import takes it, see {@link Credentials#parse}
     * @throws LedgerNotFound when there is no such service
     * @throws LedgerConflict naming the holder, when the name is another's
     * @throws LedgerInvalid when name or password cannot be
     */
    public void set(long serviceId, String userName, String password, Actor actor) {
        Credential credential = read(userName, password);
        try {
            transaction.executeWithoutResult(status -> {
                Tenant tenant = tenant(lock(serviceId));
                String name = UserNames.normalise(tenant, userName);
                requireFree(tenant, name, serviceId);
                Optional<Shown> before = find(serviceId);
                String scheme = Credentials.word(credential.scheme());
                byte[] sealed = credentials.seal(tenant.id(), name, credential);
                jdbc.update("""
                        insert into credential (service_id, tenant_id, user_name, scheme, sealed) values (?, ?, ?, ?, ?)
                        on conflict (service_id) do update set user_name = excluded.user_name, scheme = excluded.scheme,
                            sealed = excluded.sealed""", serviceId, tenant.id(), name, scheme, sealed);
                Map<String, Object> was = before.map(Shown::told).orElseGet(LinkedHashMap::new);
                Difference change = Difference.between(was, new Shown(name, scheme).told());
                change.before().put("password", before.isPresent() ? "set" : null);
                change.after().put("password", before.isPresent() ? "another one" : "set");
                events.append(actor, EventType.SERVICE_CHANGED, serviceId, change);
            });
        } catch (DuplicateKeyException takenMeanwhile) {
            throw new LedgerConflict("The user name was given to another service at the same moment. Try again.");
        }
    }

    /** The service can only be found by its line then. @throws LedgerNotFound when there is no such service, or it has none */
    public void remove(long serviceId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            lock(serviceId);
            Map<String, Object> before = get(serviceId).told();
            before.put("password", "set");
            jdbc.update("delete from credential where service_id = ?", serviceId);
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, Difference.between(before, Map.of()));
        });
    }

    private Optional<Shown> find(long serviceId) {
        return jdbc
                .query(
                        "select user_name, scheme from credential where service_id = ?",
                        (row, number) -> new Shown(row.getString(1), row.getString(2)),
                        serviceId)
                .stream()
                .findFirst();
    }

    /** @return the service's tenant */
    private long lock(long serviceId) {
        return jdbc
                .queryForList("select tenant_id from service where id = ? for update", Long.class, serviceId)
                .stream()
                .findFirst()
                .orElseThrow(() -> new LedgerNotFound("There is no service " + serviceId + "."));
    }

    private Tenant tenant(long id) {
        // Its rules of reading names do not change while this lasts.
        jdbc.queryForList("select id from tenant where id = ? for share", id);
        return Tenants.all(jdbc).stream()
                .filter(tenant -> tenant.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private void requireFree(Tenant tenant, String name, long serviceId) {
        List<Long> holder = jdbc.queryForList(
                "select service_id from credential where tenant_id = ? and user_name = ? and service_id <> ?",
                Long.class,
                tenant.id(),
                name,
                serviceId);
        if (!holder.isEmpty()) {
            throw new LedgerConflict("The user name '" + name + "' belongs to service " + holder.getFirst()
                    + " of tenant '" + tenant.name() + "'.");
        }
    }

    private static Credential read(String userName, String password) {
        int length = userName.getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_BYTES) {
            throw new LedgerInvalid("userName has " + length + " bytes; a RADIUS attribute takes " + MOST_BYTES + ".");
        }
        try {
            return Credentials.parse(password);
        } catch (IllegalArgumentException notAPassword) {
            throw new LedgerInvalid("password: " + notAPassword.getMessage() + ".");
        }
    }
}
