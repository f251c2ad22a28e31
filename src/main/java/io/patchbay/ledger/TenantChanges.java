package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.EditableRows.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tenants: made, read, changed, removed. How their user names are read changes only where every name that is stored stays the
 * same by it, since a credential is sealed for its name.
 */
public final class TenantChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final EditableRows rows;

    public TenantChanges(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.rows = new EditableRows(
                jdbc,
                "tenant",
                "tenant",
                List.of(
                        Column.text("name", "name"),
                        new Column("realms", "realms", "realms", "string_to_array(?, ',')"),
                        Column.flag("stripRealm", "strip_realm"),
                        Column.flag("foldCase", "fold_case")));
    }

    /** @param only null for all */
    public Page<CatalogueRow> list(Long only, long after, int limit) {
        return Page.of(rows.find("(?::bigint is null or id = ?)", after, limit, only, only), limit, CatalogueRow::id);
    }

    /** @throws LedgerNotFound when there is none */
    public CatalogueRow get(long id) {
        return rows.get(id);
    }

    /**
     * @param said name, realms (lower case), stripRealm, foldCase
     * @throws LedgerConflict when the name or a realm is another's
     */
    public CatalogueRow create(Map<String, Object> said, Actor actor) {
        return refusingTwins(
                said,
                () -> transaction.execute(status -> {
                    Map<String, Object> values = prepared(said, 0);
                    long id = rows.insert(values, Map.of());
                    CatalogueRow made = rows.get(id);
                    events.append(actor, EventType.TENANT_CHANGED, id, Map.of(), made.told());
                    return made;
                }));
    }

    /**
     * @throws LedgerNotFound when there is none
     * @throws LedgerConflict when the name or a realm is another's, or a stored user name would be read otherwise
     */
    public CatalogueRow change(long id, Map<String, Object> said, Actor actor) {
        return refusingTwins(
                said,
                () -> transaction.execute(status -> {
                    CatalogueRow before = rows.lock(id);
                    Difference change = rows.update(before, prepared(said, id));
                    if (!change.isEmpty()) {
                        requireSameNames(id);
                        events.append(actor, EventType.TENANT_CHANGED, id, change);
                    }
                    return rows.get(id);
                }));
    }

    /** @throws LedgerConflict telling what of it is still there */
    public void remove(long id, Actor actor) {
        transaction.executeWithoutResult(status -> {
            CatalogueRow before = rows.lock(id);
            References.requireNone(
                    jdbc,
                    "tenant '" + before.text("name") + "'",
                    "tenant_id",
                    id,
                    Map.of(
                            "subscriber", "subscribers",
                            "plan", "plans",
                            "nas_client", "NAS clients",
                            "api_token", "tokens",
                            "address_pool", "address pools",
                            "vlan_pool", "VLAN pools"));
            rows.delete(id);
            events.append(actor, EventType.TENANT_CHANGED, id, before.told(), Map.of());
        });
    }

    /** Realms in lower case, and nobody else's. */
    private Map<String, Object> prepared(Map<String, Object> said, long ownId) {
        if (!(said.get("realms") instanceof List<?> realms)) {
            return said;
        }
        List<String> folded = realms.stream()
                .map(realm -> realm.toString().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        // Two tenants that take one realm at the same moment wait here for one another.
        jdbc.execute("lock table tenant in share row exclusive mode");
        Tenants.all(jdbc).stream().filter(tenant -> tenant.id() != ownId).forEach(tenant -> tenant.realms().stream()
                .filter(folded::contains)
                .findFirst()
                .ifPresent(realm -> {
                    throw new LedgerConflict("The realm '" + realm + "' belongs to tenant '" + tenant.name() + "'.");
                }));
        Map<String, Object> prepared = new java.util.HashMap<>(said);
        prepared.put("realms", String.join(",", folded));
        return prepared;
    }

    private void requireSameNames(long id) {
        Tenant tenant = Tenants.all(jdbc).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        jdbc.query(
                "select user_name from credential where tenant_id = ?",
                row -> {
                    String stored = row.getString(1);
                    if (!UserNames.normalise(tenant, stored).equals(stored)) {
                        throw new LedgerConflict("With that the user name '" + stored + "' would be read as '"
                                + UserNames.normalise(tenant, stored) + "', and its password is sealed for it as it is."
                                + " Remove such credentials first, and set them anew afterwards.");
                    }
                },
                id);
    }

    private static CatalogueRow refusingTwins(
            Map<String, Object> said, java.util.function.Supplier<CatalogueRow> change) {
        try {
            return change.get();
        } catch (DuplicateKeyException twin) {
            throw new LedgerConflict("There is a tenant named '" + said.get("name") + "' already.");
        }
    }
}
