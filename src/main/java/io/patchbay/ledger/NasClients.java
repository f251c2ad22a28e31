package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.vault.UnsealException;
import io.patchbay.vault.Vault;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The NAS clients of the ledger, with their secrets sealed there and open here. */
public final class NasClients {
    private static final String UNREADABLE = "NAS client ";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final Vault vault;
    private final UnreadableSecrets unreadable = new UnreadableSecrets();

    public NasClients(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events, Vault vault) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.vault = vault;
    }

    /** Every NAS client. A secret that does not open is left out, so that there may be one without any. */
    public List<NasClient> all() {
        return all(jdbc, vault, unreadable);
    }

    /** Likewise, over a connection of the caller's choice. @param unreadable told of what does not open */
    public static List<NasClient> all(JdbcTemplate jdbc, Vault vault, UnreadableSecrets unreadable) {
        Opener opener = new Opener(vault, unreadable, new HashSet<>());
        Map<Long, List<NasSecret>> secrets = new HashMap<>();
        jdbc.query("select nas_client_id, id, sealed from nas_secret order by nas_client_id, position", row -> {
            long nas = row.getLong(1);
            Octets secret = opener.open(row.getBytes(3), secretContext(nas), nas, "shared secret " + row.getLong(2));
            if (secret != null) {
                secrets.computeIfAbsent(nas, id -> new ArrayList<>(2)).add(new NasSecret(row.getLong(2), secret));
            }
        });
        List<NasClient> all = jdbc.query(
                "select n.*, text(address) address_text, host(coa_address) coa_address_text from nas_client n order by id",
                (row, number) -> read(row, List.copyOf(secrets.getOrDefault(row.getLong("id"), List.of())), opener));
        all.stream()
                .filter(nas -> nas.secrets().isEmpty())
                .forEach(nas -> opener.note(
                        nas.id(),
                        "'" + nas.name() + "'",
                        "it has no shared secret that opens.",
                        "Its requests are ignored until it is given a new one."));
        unreadable.forgetAllBut(UNREADABLE, opener.noted());
        return all;
    }

    private record Opener(Vault vault, UnreadableSecrets unreadable, Set<String> noted) {
        /** Null when there is nothing, or it does not open. */
        Octets open(byte[] sealed, String context, long nasId, String what) {
            if (sealed == null) {
                return null;
            }
            try {
                return Octets.of(vault.open(sealed, context));
            } catch (UnsealException strange) {
                note(nasId, what, strange.getMessage(), "Give the NAS client a new one.");
                return null;
            }
        }

        void note(long nasId, String what, String why, String consequence) {
            String owner = UNREADABLE + nasId + " " + what;
            noted.add(owner);
            unreadable.note(owner, why, consequence);
        }
    }

    /**
     * Stores a new NAS client with its one or two secrets; the ids in {@code nas} are not looked at.
     *
     * @return its id
     * @throws LedgerConflict when its name or address is another's
     * @throws LedgerInvalid when it has no secret or more than two
     */
    public long create(NasClient nas, Actor actor) {
        if (nas.secrets().isEmpty() || nas.secrets().size() > 2) {
            throw new LedgerInvalid("NAS client '" + nas.name() + "' needs one or two shared secrets.");
        }
        return refusingTwins(
                nas,
                () -> transaction.execute(status -> {
                    long id = jdbc.queryForObject("""
                    insert into nas_client (name, tenant_id, address, vendor, message_authenticator, limit_proxy_state,
                        option82_trusted, option82_policy, line_authentication, unknown_policy, suspended_policy,
                        expired_policy, port_template, reject_delay_ms, coa_transport, coa_port, coa_address, radsec_name)
                    values (?, ?, ?::cidr, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::inet, ?) returning id""", Long.class, columns(nas));
                    storeSecrets(id, nas);
                    events.append(actor, EventType.NAS_CHANGED, id, Map.of(), NasAudit.told(nas));
                    return id;
                }));
    }

    /**
     * Changes a NAS client, all but its shared secrets; two changes at once are made one after the other.
     *
     * @param change from what is stored to what shall be; what it throws leaves everything as it was
     * @return what is stored now
     * @throws LedgerNotFound when there is none with this id
     * @throws LedgerConflict when its name or address is another's
     */
    public NasClient update(long nasId, UnaryOperator<NasClient> change, Actor actor) {
        return transaction.execute(status -> {
            lock(nasId);
            NasClient before =
                    all().stream().filter(nas -> nas.id() == nasId).findFirst().orElseThrow();
            NasClient after = change.apply(before);
            store(after);
            events.append(actor, EventType.NAS_CHANGED, nasId, NasAudit.difference(before, after));
            return after;
        });
    }

    private void lock(long nasId) {
        requireFound(
                jdbc.queryForList("select id from nas_client where id = ? for update", nasId)
                        .size(),
                nasId);
    }

    private void store(NasClient nas) {
        refusingTwins(nas, () -> {
            Object[] values = columns(nas);
            Object[] columns = Arrays.copyOf(values, values.length + 1);
            columns[values.length] = nas.id();
            jdbc.update("""
                    update nas_client set name = ?, tenant_id = ?, address = ?::cidr, vendor = ?, message_authenticator = ?,
                        limit_proxy_state = ?, option82_trusted = ?, option82_policy = ?, line_authentication = ?,
                        unknown_policy = ?, suspended_policy = ?, expired_policy = ?, port_template = ?, reject_delay_ms = ?,
                        coa_transport = ?, coa_port = ?, coa_address = ?::inet, radsec_name = ?
                    where id = ?""", columns);
            storeSealed(nas.id(), nas);
            return nas.id();
        });
    }

    /**
     * Makes {@code secret} the current one and the current one the one that is phased out; an older one is dropped.
     *
     * @throws LedgerNotFound when there is no such NAS client
     */
    public void rotateSecret(long nasId, Octets secret, Actor actor) {
        transaction.executeWithoutResult(status -> {
            lock(nasId);
            jdbc.update("delete from nas_secret where nas_client_id = ? and position = 2", nasId);
            jdbc.update("update nas_secret set position = 2 where nas_client_id = ?", nasId);
            storeSecret(nasId, 1, secret);
            events.append(actor, EventType.NAS_CHANGED, nasId, Difference.of("secret", "the one before", "a new one"));
        });
    }

    /** Ends a rotation: the old secret is refused from now on. */
    public void dropOldSecret(long nasId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            if (jdbc.update("delete from nas_secret where nas_client_id = ? and position = 2", nasId) > 0) {
                events.append(actor, EventType.NAS_CHANGED, nasId, Difference.of("oldSecret", "valid", "dropped"));
            }
        });
    }

    /** Records that {@link NasObservations#reset} was asked for. */
    public void recordSigningForgotten(long nasId, Actor actor) {
        transaction.executeWithoutResult(status ->
                events.append(actor, EventType.NAS_CHANGED, nasId, Difference.of("signing", "known", "forgotten")));
    }

    private void storeSecrets(long nasId, NasClient nas) {
        for (int i = 0; i < nas.secrets().size(); i++) {
            storeSecret(nasId, i + 1, nas.secrets().get(i).value());
        }
        storeSealed(nasId, nas);
    }

    private void storeSecret(long nasId, int position, Octets secret) {
        jdbc.update(
                "insert into nas_secret (nas_client_id, position, sealed) values (?, ?, ?)",
                nasId,
                position,
                vault.seal(secret.toByteArray(), secretContext(nasId)));
    }

    private void storeSealed(long nasId, NasClient nas) {
        jdbc.update(
                "update nas_client set common_password_sealed = ?, coa_secret_sealed = ? where id = ?",
                sealed(nas.commonPassword(), commonPasswordContext(nasId)),
                sealed(nas.dynamicAuthorization().secret(), coaSecretContext(nasId)),
                nasId);
    }

    private byte[] sealed(Octets secret, String context) {
        return secret == null ? null : vault.seal(secret.toByteArray(), context);
    }

    private static Object[] columns(NasClient nas) {
        return new Object[] {
            nas.name(),
            nas.tenantId(),
            nas.address().toString(),
            nas.vendor(),
            Words.of(nas.messageAuthenticator()),
            nas.limitProxyState(),
            nas.option82Trusted(),
            Words.of(nas.option82Policy()),
            Words.of(nas.lineAuthentication()),
            Words.of(nas.unknownPolicy()),
            Words.of(nas.suspendedPolicy()),
            Words.of(nas.expiredPolicy()),
            nas.portTemplate(),
            nas.rejectDelayMillis(),
            Words.of(nas.dynamicAuthorization().transport()),
            nas.dynamicAuthorization().port(),
            nas.dynamicAuthorization().address() == null
                    ? null
                    : nas.dynamicAuthorization().address().addressText(),
            nas.radsecName()
        };
    }

    private static NasClient read(ResultSet row, List<NasSecret> secrets, Opener opener) throws SQLException {
        long id = row.getLong("id");
        return new NasClient(
                id,
                row.getString("name"),
                row.getLong("tenant_id"),
                IpPrefix.parse(row.getString("address_text")),
                row.getString("vendor"),
                secrets,
                Words.parse(MessageAuthenticatorMode.class, row.getString("message_authenticator")),
                row.getBoolean("limit_proxy_state"),
                row.getBoolean("option82_trusted"),
                Words.parse(Option82Policy.class, row.getString("option82_policy")),
                Words.parse(LineAuthentication.class, row.getString("line_authentication")),
                opener.open(row.getBytes("common_password_sealed"), commonPasswordContext(id), id, "common password"),
                Words.parse(DenialPolicy.class, row.getString("unknown_policy")),
                Words.parse(DenialPolicy.class, row.getString("suspended_policy")),
                Words.parse(DenialPolicy.class, row.getString("expired_policy")),
                row.getString("port_template"),
                row.getInt("reject_delay_ms"),
                dynamicAuthorization(row, id, opener),
                row.getString("radsec_name"));
    }

    private static DynamicAuthorization dynamicAuthorization(ResultSet row, long id, Opener opener)
            throws SQLException {
        String address = row.getString("coa_address_text");
        return new DynamicAuthorization(
                Words.parse(DynamicAuthorization.Transport.class, row.getString("coa_transport")),
                row.getInt("coa_port"),
                address == null ? null : IpPrefix.parse(address),
                opener.open(row.getBytes("coa_secret_sealed"), coaSecretContext(id), id, "CoA secret"));
    }

    private static long refusingTwins(NasClient nas, java.util.function.Supplier<Long> change) {
        try {
            return change.get();
        } catch (DuplicateKeyException twin) {
            throw new LedgerConflict("There is another NAS client named '" + nas.name() + "', with the address "
                    + nas.address() + " or with the same RadSec name.");
        }
    }

    private static void requireFound(int found, long nasId) {
        if (found == 0) {
            throw new LedgerNotFound("There is no NAS client " + nasId + ".");
        }
    }

    private static String secretContext(long nasId) {
        return "nas-secret/" + nasId;
    }

    private static String coaSecretContext(long nasId) {
        return "nas-coa-secret/" + nasId;
    }

    private static String commonPasswordContext(long nasId) {
        return "nas-common-password/" + nasId;
    }
}
