package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.binding.Mismatch;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineView;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.ServiceView;
import io.patchbay.ledger.SubscriberView;
import io.patchbay.ledger.Tenant;
import io.patchbay.ledger.Words;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.wire.Octets;
import java.time.Instant;
import java.util.List;

/** The rooms' records as the contract shows them: words for constants, text for bytes, nothing secret. */
final class Views {
    private Views() {}

    record Subscriber(long id, String tenant, String externalId, Instant createdAt, List<Service> services) {}

    /** @param sessionTimeoutSeconds null when the plan's holds; likewise every other null is not set */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Service(
            long id,
            long subscriberId,
            String kind,
            String plan,
            String state,
            Instant expiresAt,
            String userName,
            Long lineId,
            String option82Policy,
            String vlanModel,
            Integer sVlan,
            Integer cVlan,
            Integer sessionTimeoutSeconds,
            String ipv6Mode,
            String cpeId,
            List<Prefix> prefixes) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Prefix(String kind, String prefix, Integer netmaskLength) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            long id,
            String accessNode,
            String canonicalCircuitId,
            String onuSerial,
            Integer uni,
            List<Identifier> identifiers,
            List<Long> serviceIds) {}

    /** @param value text where it is printable, otherwise 0x and hexadecimal */
    record Identifier(String kind, String value, String hex) {}

    /**
     * @param secrets how many are live
     * @param coaAddress null when CoA goes where the accounting comes from
     * @param ownCoaSecret whether CoA is signed by a secret of its own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Nas(
            long id,
            String name,
            String tenant,
            String address,
            String vendor,
            String messageAuthenticator,
            boolean limitProxyState,
            boolean option82Trusted,
            String option82Policy,
            String lineAuthentication,
            String unknownPolicy,
            String suspendedPolicy,
            String expiredPolicy,
            String portTemplate,
            int rejectDelayMs,
            int secrets,
            String coaTransport,
            int coaPort,
            String coaAddress,
            boolean ownCoaSecret,
            String radsecName) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(String kind, String expected, String seen) {}

    static Subscriber subscriber(SubscriberView subscriber) {
        return new Subscriber(
                subscriber.id(),
                subscriber.tenant(),
                subscriber.externalId(),
                subscriber.createdAt(),
                subscriber.services().stream().map(Views::service).toList());
    }

    static Service service(ServiceView service) {
        return new Service(
                service.id(),
                service.subscriberId(),
                service.kind(),
                service.plan(),
                Words.of(service.state()),
                service.expiresAt(),
                service.userName(),
                service.lineId(),
                Words.of(service.option82Policy()),
                service.vlanModel(),
                service.sVlan(),
                service.cVlan(),
                service.sessionTimeoutSeconds() == 0 ? null : service.sessionTimeoutSeconds(),
                service.ipv6Mode(),
                service.cpeId(),
                service.assignments().stream()
                        .map(one -> new Prefix(one.kind(), one.prefix().toString(), one.netmaskLength()))
                        .toList());
    }

    static Line line(LineView line) {
        return new Line(
                line.id(),
                line.accessNode(),
                line.canonicalCircuitId(),
                line.onuSerial(),
                line.uni(),
                line.identifiers().stream().map(Views::identifier).toList(),
                line.serviceIds());
    }

    /** @param id the one that it is stored under, which a new one does not know yet */
    static Nas nas(long id, NasClient nas, List<Tenant> tenants) {
        String tenant = tenants.stream()
                .filter(one -> one.id() == nas.tenantId())
                .map(Tenant::name)
                .findFirst()
                .orElse(Long.toString(nas.tenantId()));
        DynamicAuthorization coa = nas.dynamicAuthorization();
        return new Nas(
                id,
                nas.name(),
                tenant,
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
                nas.secrets().size(),
                Words.of(coa.transport()),
                coa.port(),
                coa.address() == null ? null : coa.address().addressText(),
                coa.secret() != null,
                nas.radsecName());
    }

    static Difference difference(Mismatch mismatch) {
        return new Difference(
                mismatch.kind() == null ? "vlan" : Words.of(mismatch.kind()),
                display(mismatch.expected()),
                display(mismatch.seen()));
    }

    private static Identifier identifier(LineIdentifier identifier) {
        Octets value = identifier.value();
        String shown = identifier.kind() == IdentifierKind.MAC ? value.hex() : value.display();
        return new Identifier(Words.of(identifier.kind()), shown, value.hex());
    }

    private static String display(Octets octets) {
        return octets == null ? null : octets.display();
    }
}
