package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.ledger.ServiceView.Assignment;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Reading and changing what an import has stored: alice on line 1, and an unnamed one on line 2. */
class LedgerOperationsTest {
    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
    private final LedgerReader reader = new LedgerReader(new NamedParameterJdbcTemplate(ledger.jdbc));
    private final ServiceChanges changes = new ServiceChanges(ledger.jdbc, ledger.transaction, ledger.events);
    private final LineChanges lineChanges = new LineChanges(
            ledger.jdbc, ledger.transaction, ledger.events, (template, circuitId) -> template + "/" + circuitId.text());
    private long alice;
    private long aliceLine;
    private long otherLine;

    @BeforeEach
    void two() {
        assertThat(ledger.load(
                                "username,password,circuit_id,mac,s_vlan,ipv4,ipv6_delegated_prefix,external_id",
                                "alice,secret,eth 1,,100,192.0.2.1,3fff:1::/48,",
                                ",,eth 2,02:00:00:00:00:02,100,192.0.2.2,,C-2")
                        .rejected())
                .isEmpty();
        ServiceView service = subscribers("alice").getFirst().services().getFirst();
        alice = service.id();
        aliceLine = service.lineId();
        otherLine = lines(new LedgerFilter(null, Octets.ofText("eth 2"), null))
                .getFirst()
                .id();
    }

    @Test
    void aSubscriberIsReadWithServicesAndAssignmentsButNoSecret() {
        SubscriberView subscriber = subscribers("ALICE").getFirst();
        assertThat(subscriber.externalId()).isEqualTo("alice");
        assertThat(subscriber.tenant()).isEqualTo("default");
        assertThat(subscriber.services()).singleElement().satisfies(service -> {
            assertThat(service.state()).isEqualTo(ServiceState.ACTIVE);
            assertThat(service.plan()).isEqualTo("default");
            assertThat(service.vlanModel()).isEqualTo("shared");
            assertThat(service.sVlan()).isEqualTo(100);
            assertThat(service.cVlan()).isNull();
            assertThat(service.assignments())
                    .containsExactly(
                            new Assignment("ipv4-address", IpPrefix.parse("192.0.2.1"), null),
                            new Assignment("ipv6-delegated-prefix", IpPrefix.parse("3fff:1::/48"), null));
        });
        assertThat(reader.subscriber(subscriber.id())).contains(subscriber);
        assertThat(reader.subscriber(99)).isEmpty();
        assertThat(subscriber.toString()).doesNotContain("secret");
    }

    @Test
    void filtersSelectByUserCircuitAndAddress() {
        assertThat(subscribers("nobody")).isEmpty();
        assertThat(externalIds(new LedgerFilter(null, Octets.ofText("eth 2"), null)))
                .containsExactly("C-2");
        assertThat(externalIds(new LedgerFilter(null, null, IpPrefix.parse("192.0.2.2"))))
                .containsExactly("C-2");
        assertThat(externalIds(new LedgerFilter(null, null, IpPrefix.parse("3fff:1:0:7::1"))))
                .containsExactly("alice");
        assertThat(externalIds(new LedgerFilter(null, null, IpPrefix.parse("192.0.2.0/24"))))
                .containsExactly("alice", "C-2");
        assertThat(lines(new LedgerFilter("alice", null, null)))
                .extracting(LineView::id)
                .containsExactly(aliceLine);
    }

    @Test
    void pagesFollowEachOther() {
        Page<SubscriberView> first = reader.subscribers(LedgerFilter.ALL, 0, 1);
        assertThat(first.items()).extracting(SubscriberView::externalId).containsExactly("alice");
        Page<SubscriberView> second = reader.subscribers(LedgerFilter.ALL, first.next(), 1);
        assertThat(second.items()).extracting(SubscriberView::externalId).containsExactly("C-2");
        assertThat(reader.subscribers(LedgerFilter.ALL, second.next(), 1)).isEqualTo(new Page<>(List.of(), null));
        assertThatThrownBy(() -> reader.lines(LedgerFilter.ALL, 0, 1001)).isInstanceOf(LedgerInvalid.class);
    }

    @Test
    void aLineIsReadWithItsNames() {
        LineView line = reader.line(otherLine).orElseThrow();
        assertThat(line.accessNode()).isEqualTo("default");
        assertThat(line.identifiers())
                .containsExactly(
                        new LineIdentifier(1, IdentifierKind.CIRCUIT_ID, Octets.ofText("eth 2")),
                        new LineIdentifier(1, IdentifierKind.MAC, Octets.ofHex("020000000002")));
        assertThat(line.serviceIds()).hasSize(1);
    }

    @Test
    void everyChangeOfAServiceLeavesItsEvent() {
        ledger.jdbc.update("insert into plan (tenant_id, name) values (1, 'gold')");
        changes.setState(alice, ServiceState.SUSPENDED, Actor.named("carol"));
        changes.changePlan(alice, "gold", Actor.named("carol"));
        changes.setExpiry(alice, Instant.parse("2030-01-01T00:00:00Z"), Actor.named("carol"));
        changes.setOption82Policy(alice, Option82Policy.LOG, Actor.named("carol"));
        changes.moveLine(alice, otherLine, Actor.named("carol"));

        ServiceView service = subscribers("alice").getFirst().services().getFirst();
        assertThat(service.state()).isEqualTo(ServiceState.SUSPENDED);
        assertThat(service.plan()).isEqualTo("gold");
        assertThat(service.expiresAt()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(service.option82Policy()).isEqualTo(Option82Policy.LOG);
        assertThat(service.lineId()).isEqualTo(otherLine);
        assertThat(ledger.jdbc.queryForList(
                        "select detail::text from event where actor = 'carol' and type = 'service-changed'"
                                + " and service_id = ? order by seq",
                        String.class,
                        alice))
                .containsExactly(
                        "{\"after\": {\"state\": \"suspended\"}, \"before\": {\"state\": \"active\"}}",
                        "{\"after\": {\"plan\": \"gold\"}, \"before\": {\"plan\": \"default\"}}",
                        "{\"after\": {\"expiresAt\": \"2030-01-01T00:00:00Z\"}, \"before\": {\"expiresAt\": null}}",
                        "{\"after\": {\"option82Policy\": \"log\"}, \"before\": {\"option82Policy\": null}}",
                        "{\"after\": {\"lineId\": " + otherLine + "}, \"before\": {\"lineId\": " + aliceLine + "}}");

        changes.setExpiry(alice, null, Actor.named("carol"));
        changes.setOption82Policy(alice, null, Actor.named("carol"));
        assertThat(subscribers("alice").getFirst().services().getFirst().expiresAt())
                .isNull();
    }

    @Test
    void aRemovedServiceLeavesItsEventItsSubscriberAndItsLine() {
        changes.remove(alice, Actor.named("carol"));
        assertThat(subscribers("alice")).isEmpty();
        assertThat(ledger.count("event where type = 'service-removed' and service_id = ?", alice))
                .isOne();
        assertThat(reader.line(aliceLine).orElseThrow().serviceIds()).isEmpty();
        assertThat(ledger.count("subscriber")).isEqualTo(2);
    }

    @Test
    void whatCannotBeChangesNothing() {
        long before = ledger.count("event");
        assertThatThrownBy(() -> changes.setState(99, ServiceState.ACTIVE, Actor.named("carol")))
                .isInstanceOf(LedgerNotFound.class);
        assertThatThrownBy(() -> changes.changePlan(alice, "platinum", Actor.named("carol")))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("platinum");
        assertThatThrownBy(() -> changes.moveLine(alice, 99, Actor.named("carol")))
                .isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> changes.remove(99, Actor.named("carol"))).isInstanceOf(LedgerNotFound.class);
        assertThatThrownBy(() -> lineChanges.replaceIdentifiers(99, Map.of(), Actor.named("carol")))
                .isInstanceOf(LedgerNotFound.class);
        assertThatThrownBy(() -> lineChanges.replaceIdentifiers(
                        aliceLine, Map.of(IdentifierKind.CIRCUIT_ID, Octets.EMPTY), Actor.named("carol")))
                .isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> lineChanges.replaceIdentifiers(
                        aliceLine, Map.of(IdentifierKind.CIRCUIT_ID, Octets.ofText("eth 2")), Actor.named("carol")))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("C-2");
        assertThat(ledger.count("event")).isEqualTo(before);
        assertThat(reader.line(aliceLine).orElseThrow().identifiers()).hasSize(1);
    }

    @Test
    void aLineGetsNewNamesAndItsCanonicalKey() {
        lineChanges.replaceIdentifiers(
                aliceLine,
                Map.of(IdentifierKind.CIRCUIT_ID, Octets.ofText("eth 9"), IdentifierKind.REMOTE_ID, Octets.ofText("r")),
                Actor.named("carol"));
        LineView line = reader.line(aliceLine).orElseThrow();
        assertThat(line.canonicalCircuitId()).isEqualTo("tr-101/eth 9");
        assertThat(line.identifiers())
                .extracting(LineIdentifier::value)
                .containsExactly(Octets.ofText("eth 9"), Octets.ofText("r"));
        assertThat(ledger.count("event where type = 'line-changed' and subject_id = ?", aliceLine))
                .isOne();
    }

    private List<SubscriberView> subscribers(String userName) {
        return reader.subscribers(new LedgerFilter(userName, null, null), 0, 10).items();
    }

    private List<LineView> lines(LedgerFilter filter) {
        return reader.lines(filter, 0, 10).items();
    }

    private List<String> externalIds(LedgerFilter filter) {
        return reader.subscribers(filter, 0, 10).items().stream()
                .map(SubscriberView::externalId)
                .toList();
    }
}
