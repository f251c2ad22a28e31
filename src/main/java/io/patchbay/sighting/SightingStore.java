package io.patchbay.sighting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.binding.Mismatch;
import io.patchbay.wire.Octets;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The sighting table, as its writer uses it. */
final class SightingStore {
    private static final String ADD = """
            insert into sighting (fingerprint, nas_client_id, nas_name, service_id, user_name, reason, outcome, circuit_id,
                remote_id, nas_port_id, mac, nas_port, s_vlan, c_vlan, mismatches, first_seen, last_seen, times)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            on conflict (fingerprint) do update set
                times = sighting.times + excluded.times,
                first_seen = least(sighting.first_seen, excluded.first_seen),
                last_seen = greatest(sighting.last_seen, excluded.last_seen)""";

    private static final String FORGET_OLD = "delete from sighting where last_seen < now() - make_interval(secs => ?)";
    private static final String FORGET_SURPLUS = """
            delete from sighting where id in (
                select id from (
                    select id, row_number() over (partition by reason order by last_seen desc, id desc) as place
                    from sighting) ranked
                where place > ?)""";

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;
    private final ObjectMapper json;

    SightingStore(JdbcTemplate jdbc, TransactionOperations transaction, ObjectMapper json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
    }

    /** All of them or none. */
    void add(Collection<SightingTally> tallies) {
        // Every node locks the rows in the same order, so that two that flush the same sightings do not deadlock.
        List<Object[]> rows = tallies.stream()
                .map(this::row)
                .sorted(Comparator.comparing(row -> (byte[]) row[0], Arrays::compare))
                .toList();
        transaction.executeWithoutResult(status -> jdbc.batchUpdate(ADD, rows));
    }

    /**
     * @param keepRows how many of each reason stay
     * @return how many rows went
     */
    int forget(Duration keep, long keepRows) {
        return jdbc.update(FORGET_OLD, keep.toSeconds()) + jdbc.update(FORGET_SURPLUS, keepRows);
    }

    private Object[] row(SightingTally tally) {
        SightingIdentity identity = tally.identity();
        var line = identity.line();
        return new Object[] {
            identity.fingerprint(),
            identity.nasClientId(),
            tally.nasName(),
            identity.serviceId() == 0 ? null : identity.serviceId(),
            storable(identity.userName()),
            SightingIdentity.word(identity.reason()),
            identity.outcome(),
            bytes(line.circuitId()),
            bytes(line.remoteId()),
            bytes(line.nasPortId()),
            bytes(line.mac()),
            line.nasPort() < 0 ? null : line.nasPort(),
            line.vlans().sVlan() == 0 ? null : line.vlans().sVlan(),
            line.vlans().cVlan() == 0 ? null : line.vlans().cVlan(),
            mismatches(identity.mismatches()),
            Timestamp.from(tally.firstSeen()),
            Timestamp.from(tally.lastSeen()),
            tally.times()
        };
    }

    private String mismatches(List<Mismatch> mismatches) {
        try {
            return json.writeValueAsString(
                    mismatches.stream().map(SightingStore::mismatch).toList());
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, String> mismatch(Mismatch mismatch) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("kind", mismatch.kind() == null ? "vlan" : SightingIdentity.word(mismatch.kind()));
        row.put("expected", shown(mismatch, mismatch.expected()));
        row.put("seen", shown(mismatch, mismatch.seen()));
        return row;
    }

    /** Identifiers are told exactly; VLAN tags are text anyway. */
    private static String shown(Mismatch mismatch, Octets value) {
        return value == null ? null : mismatch.kind() == null ? value.display() : value.hex();
    }

    /** PostgreSQL's text holds no NUL, and a user name is whatever the subscriber typed. */
    static String storable(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    private static byte[] bytes(Octets octets) {
        return octets == null ? null : octets.toByteArray();
    }
}
