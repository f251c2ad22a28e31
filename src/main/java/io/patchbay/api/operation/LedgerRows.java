package io.patchbay.api.operation;

import io.patchbay.ledger.LineView;
import io.patchbay.ledger.ServiceView;
import io.patchbay.ledger.SubscriberView;
import io.patchbay.ledger.Words;
import io.patchbay.line.IdentifierKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The ledger's things as an export has them: one row each, nothing within anything. */
final class LedgerRows {
    private LedgerRows() {}

    record Subscriber(long id, String tenant, String externalId, Instant createdAt, String serviceIds) {
        static Subscriber of(SubscriberView subscriber) {
            return new Subscriber(
                    subscriber.id(),
                    subscriber.tenant(),
                    subscriber.externalId(),
                    subscriber.createdAt(),
                    joined(subscriber.services().stream().map(ServiceView::id).toList()));
        }
    }

    record Service(
            long id,
            long subscriberId,
            String kind,
            String state,
            String plan,
            String userName,
            Long lineId,
            String vlanModel,
            Integer sVlan,
            Integer cVlan,
            String option82Policy,
            Instant expiresAt,
            int sessionTimeoutSeconds,
            String ipv6Mode,
            String cpeId,
            List<Views.Prefix> prefixes) {
        static Service of(ServiceView service) {
            return new Service(
                    service.id(),
                    service.subscriberId(),
                    service.kind(),
                    Words.of(service.state()),
                    service.plan(),
                    service.userName(),
                    service.lineId(),
                    service.vlanModel(),
                    service.sVlan(),
                    service.cVlan(),
                    Words.of(service.option82Policy()),
                    service.expiresAt(),
                    service.sessionTimeoutSeconds(),
                    service.ipv6Mode(),
                    service.cpeId(),
                    Views.service(service).prefixes());
        }
    }

    record Line(
            long id,
            String accessNode,
            String circuitId,
            String remoteId,
            String nasPortId,
            String mac,
            String canonicalCircuitId,
            String onuSerial,
            Integer uni,
            String serviceIds) {
        static Line of(LineView line) {
            return new Line(
                    line.id(),
                    line.accessNode(),
                    identifier(line, IdentifierKind.CIRCUIT_ID),
                    identifier(line, IdentifierKind.REMOTE_ID),
                    identifier(line, IdentifierKind.NAS_PORT_ID),
                    identifier(line, IdentifierKind.MAC),
                    line.canonicalCircuitId(),
                    line.onuSerial(),
                    line.uni(),
                    joined(line.serviceIds()));
        }
    }

    private static String identifier(LineView line, IdentifierKind kind) {
        return line.identifiers().stream()
                .filter(identifier -> identifier.kind() == kind)
                .findFirst()
                .map(identifier -> kind == IdentifierKind.MAC
                        ? identifier.value().hex()
                        : identifier.value().display())
                .orElse(null);
    }

    private static String joined(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
