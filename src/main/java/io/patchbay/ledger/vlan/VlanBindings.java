package io.patchbay.ledger.vlan;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SingleColumnRowMapper;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Binds services to VLANs, in the caller's transaction when there is one, together with the event.
 *
 * <p>All throw {@link LedgerNotFound} when there is no such service, {@link LedgerConflict} naming who has what is wanted, and
 * {@link LedgerInvalid} for what can never be: VLANs outside the range, another tenant's pool, a shared S-VLAN where the access
 * node does not keep lines apart.
 */
public final class VlanBindings {
    private final JdbcTemplate jdbc;
    private final VlanTransactions transactions;
    private final EventLog events;
    private final VlanChooser netBox;

    public VlanBindings(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this(jdbc, transaction, events, null);
    }

    /** @param netBox who chooses in pools whose authority it is; null when there is none */
    public VlanBindings(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events, VlanChooser netBox) {
        this.jdbc = jdbc;
        this.transactions = new VlanTransactions(transaction);
        this.events = events;
        this.netBox = netBox;
    }

    private record Service(long id, long tenantId, String plan, Long planPoolId) {}

    private record Place(long domainId, VlanModel model, int sVlan, Integer cVlan, Long poolId) {
        static Place of(VlanBinding binding) {
            return new Place(binding.domainId(), binding.model(), binding.sVlan(), binding.cVlan(), binding.poolId());
        }
    }

    public Optional<VlanBinding> find(long serviceId) {
        return VlanRows.one(jdbc.query(VlanRows.BINDING + " where service_id = ?", VlanRows::binding, serviceId));
    }

    /**
     * Makes the service's VLANs what is wished, in place of what it had: another value, pool or model. Asked again, it answers
     * the same and changes nothing.
     *
     * @throws PoolExhausted when nothing of the pool is left
     */
    public VlanBinding bind(long serviceId, VlanWish wish, Actor actor) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            prepare(serviceId, wish, actor);
        }
        return transactions.run(() -> {
            Service service = lock(serviceId);
            VlanBinding before = find(serviceId).orElse(null);
            return switch (wish) {
                case VlanWish.OfPlan ofPlan -> bindOfPlan(service, before, actor);
                case VlanWish.NextOf next -> bindNext(service, before, next.poolId(), next.overrides(), actor);
                case VlanWish.Chosen chosen -> bindChosen(service, before, chosen, actor);
            };
        });
    }

    /**
     * Has NetBox choose where it is NetBox's choice; does nothing where it is ours. Outside any transaction, before the one in
     * which {@link #bind} is called with the same wish.
     *
     * @throws io.patchbay.ledger.AuthorityAway when NetBox does not answer
     */
    public void prepare(long serviceId, VlanWish wish, Actor actor) {
        VlanPool chosenByNetBox = transactions.run(() -> {
            Service service = lock(serviceId);
            VlanBinding before = find(serviceId).orElse(null);
            Long poolId =
                    switch (wish) {
                        case VlanWish.OfPlan ofPlan ->
                            before != null && before.overridden() ? null : service.planPoolId();
                        case VlanWish.NextOf next -> Long.valueOf(next.poolId());
                        case VlanWish.Chosen chosen -> null;
                    };
            return poolId == null || before != null && poolId.equals(before.poolId())
                    ? null
                    : VlanRows.one(jdbc.query(VlanRows.POOL + " where id = ?", VlanRows::pool, poolId))
                            .filter(pool -> pool.authority() == VlanAuthority.NETBOX)
                            .orElse(null);
        });
        if (chosenByNetBox != null && netBox != null) {
            netBox.prepare(chosenByNetBox, serviceId, actor);
        }
    }

    /**
     * Takes the service's VLANs from it; they are free at once.
     *
     * @return what it had; empty when it had none
     */
    public Optional<VlanBinding> release(long serviceId, Actor actor) {
        return transactions.run(() -> {
            lock(serviceId);
            Optional<VlanBinding> before = find(serviceId);
            before.ifPresent(binding -> {
                jdbc.update("delete from service_vlan where service_id = ?", serviceId);
                tell(serviceId, binding, null, actor);
            });
            return before;
        });
    }

    /**
     * Gives the service the next free VLANs of another pool in place of those that it has.
     *
     * @param overrides whether they are kept when the plan or the plan's pool changes
     * @throws PoolExhausted when nothing of the pool is left: the service keeps what it has
     */
    public VlanBinding move(long serviceId, long poolId, boolean overrides, Actor actor) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            prepare(serviceId, VlanWish.nextOf(poolId), actor);
        }
        return transactions.run(() -> {
            Service service = lock(serviceId);
            VlanBinding before = find(serviceId)
                    .orElseThrow(() -> new LedgerConflict(
                            "The service " + serviceId + " has no VLANs that could be moved: bind it."));
            return bindNext(service, before, poolId, overrides, actor);
        });
    }

    private VlanBinding bindOfPlan(Service service, VlanBinding before, Actor actor) {
        if (before != null && before.overridden()) {
            return before;
        }
        if (service.planPoolId() == null) {
            throw new LedgerInvalid("The plan '" + service.plan() + "' has no VLAN pool: name a pool, or the VLANs.");
        }
        return bindNext(service, before, service.planPoolId(), false, actor);
    }

    private VlanBinding bindNext(Service service, VlanBinding before, long poolId, boolean overrides, Actor actor) {
        VlanPool pool = VlanRows.one(jdbc.query(VlanRows.POOL + " where id = ?", VlanRows::pool, poolId))
                .orElseThrow(() -> new LedgerInvalid("There is no VLAN pool " + poolId + "."));
        if (pool.tenantId() != null && pool.tenantId() != service.tenantId()) {
            throw new LedgerInvalid("The VLAN pool '" + pool.name() + "' is for another tenant's services.");
        }
        if (before != null && Long.valueOf(poolId).equals(before.poolId())) {
            return write(service.id(), before, Place.of(before), overrides, actor);
        }
        if (pool.authority() == VlanAuthority.NETBOX) {
            return write(service.id(), before, chosenByNetBox(pool, service.id()), overrides, actor);
        }
        Place next = VlanRows.one(jdbc.query(
                        "select s_vlan, c_vlan from vlan_next(?)",
                        (row, number) -> new Place(
                                pool.domainId(), pool.model(), row.getInt(1), row.getObject(2, Integer.class), poolId),
                        poolId))
                .orElseThrow(() -> new PoolExhausted("Nothing is left in the VLAN pool '" + pool.name() + "'."));
        return write(service.id(), before, next, overrides, actor);
    }

    private Place chosenByNetBox(VlanPool pool, long serviceId) {
        if (netBox == null) {
            throw new AuthorityAway(
                    "NetBox chooses in the VLAN pool '" + pool.name() + "', and there is none configured.");
        }
        VlanChooser.Chosen chosen = netBox.take(pool, serviceId)
                .orElseThrow(() -> new IllegalStateException("NetBox chooses in the VLAN pool '" + pool.name()
                        + "': prepare the binding before the transaction"));
        return new Place(pool.domainId(), pool.model(), chosen.sVlan(), chosen.cVlan(), pool.id());
    }

    private VlanBinding bindChosen(Service service, VlanBinding before, VlanWish.Chosen chosen, Actor actor) {
        requireTags(chosen);
        VlanRows.requireDomain(jdbc, chosen.domainId());
        // From here on nobody else changes anything in this S-VLAN.
        jdbc.query("select vlan_lock(?, ?, ?)", row -> {}, chosen.domainId(), chosen.sVlan(), chosen.sVlan());
        if (chosen.model() == VlanModel.DEDICATED) {
            requireFree(service, chosen);
        }
        Place place = new Place(chosen.domainId(), chosen.model(), chosen.sVlan(), chosen.cVlan(), null);
        return write(service.id(), before, place, true, actor);
    }

    private static void requireTags(VlanWish.Chosen chosen) {
        VlanSpan.single(chosen.sVlan(), chosen.sVlan());
        if (chosen.cVlan() != null && (chosen.cVlan() < 1 || chosen.cVlan() > VlanSpan.LAST)) {
            throw new LedgerInvalid("C-VLAN " + chosen.cVlan() + " is not within 1 to " + VlanSpan.LAST + ".");
        }
        if (chosen.cVlan() != null && chosen.model() == VlanModel.SHARED) {
            throw new LedgerInvalid("A shared S-VLAN is chosen without a C-VLAN.");
        }
    }

    private void requireFree(Service service, VlanWish.Chosen chosen) {
        VlanRows.one(jdbc.query(
                        "select vlan_holder(vlan_domain_id, s_vlan, coalesce(c_vlan, 0)) from service_vlan"
                                + " where vlan_domain_id = ? and s_vlan = ? and coalesce(c_vlan, 0) = ?"
                                + " and model = 'dedicated' and service_id <> ?",
                        SingleColumnRowMapper.newInstance(String.class),
                        chosen.domainId(),
                        chosen.sVlan(),
                        chosen.cVlan() == null ? 0 : chosen.cVlan(),
                        service.id()))
                .ifPresent(holder -> {
                    throw new LedgerConflict(holder + ".");
                });
    }

    private VlanBinding write(long serviceId, VlanBinding before, Place place, boolean overridden, Actor actor) {
        boolean isThere = before != null
                && before.domainId() == place.domainId()
                && before.model() == place.model()
                && before.sVlan() == place.sVlan()
                && Objects.equals(before.cVlan(), place.cVlan());
        if (isThere && before.overridden() == overridden) {
            return before;
        }
        if (isThere) {
            jdbc.update("update service_vlan set overridden = ? where service_id = ?", overridden, serviceId);
        } else {
            jdbc.update(
                    "insert into service_vlan (vlan_domain_id, model, s_vlan, c_vlan, pool_id, overridden, service_id)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict (service_id) do update set"
                            + " vlan_domain_id = excluded.vlan_domain_id, model = excluded.model,"
                            + " s_vlan = excluded.s_vlan, c_vlan = excluded.c_vlan, pool_id = excluded.pool_id,"
                            + " overridden = excluded.overridden",
                    place.domainId(),
                    Words.of(place.model()),
                    place.sVlan(),
                    place.cVlan(),
                    place.poolId(),
                    overridden,
                    serviceId);
        }
        VlanBinding after = find(serviceId).orElseThrow();
        tell(serviceId, before, after, actor);
        return after;
    }

    private void tell(long serviceId, VlanBinding before, VlanBinding after, Actor actor) {
        events.append(actor, EventType.SERVICE_CHANGED, serviceId, Difference.between(detail(before), detail(after)));
    }

    private Map<String, Object> detail(VlanBinding binding) {
        Map<String, Object> detail = new LinkedHashMap<>();
        if (binding != null) {
            detail.put("vlanDomainId", binding.domainId());
            detail.put("vlanModel", Words.of(binding.model()));
            detail.put("sVlan", binding.sVlan());
            detail.put("cVlan", binding.cVlan());
            detail.put("vlanPoolId", binding.poolId());
            detail.put("vlanOverridden", binding.overridden());
        }
        return detail;
    }

    private Service lock(long serviceId) {
        List<Service> found = jdbc.query(
                "select s.id, s.tenant_id, p.name, p.vlan_pool_id from service s join plan p on p.id = s.plan_id"
                        + " where s.id = ? for update of s",
                (row, number) ->
                        new Service(row.getLong(1), row.getLong(2), row.getString(3), row.getObject(4, Long.class)),
                serviceId);
        return VlanRows.one(found).orElseThrow(() -> new LedgerNotFound("There is no service " + serviceId + "."));
    }
}
