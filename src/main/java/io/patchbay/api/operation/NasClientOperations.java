package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.binding.BindingIndex;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Tenant;
import io.patchbay.ledger.Words;
import io.patchbay.line.LineTemplates;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.Map;

/** The NASes that may ask: listed, added, changed, their secrets rotated. Secrets go in and never come out. */
final class NasClientOperations {
    private static final String DEFAULT_TENANT = "default";

    private final NasClients nasClients;
    private final BindingIndex index;
    private final ReplyProfiles profiles;
    private final LineTemplates templates;
    private final NasObservations observations;
    private final OwnChanges ownChanges;

    NasClientOperations(
            NasClients nasClients,
            BindingIndex index,
            ReplyProfiles profiles,
            LineTemplates templates,
            NasObservations observations,
            OwnChanges ownChanges) {
        this.nasClients = nasClients;
        this.index = index;
        this.profiles = profiles;
        this.templates = templates;
        this.observations = observations;
        this.ownChanges = ownChanges;
    }

    /** What a request says of a NAS; what is null is not said. */
    private record Said(
            String name,
            String tenant,
            String address,
            String vendor,
            String secret,
            String messageAuthenticator,
            Boolean limitProxyState,
            Boolean option82Trusted,
            String option82Policy,
            String lineAuthentication,
            String commonPassword,
            Boolean removeCommonPassword,
            String unknownPolicy,
            String suspendedPolicy,
            String expiredPolicy,
            String portTemplate,
            Integer rejectDelayMs,
            String coaTransport,
            Integer coaPort,
            String coaAddress,
            String coaSecret,
            Boolean removeCoaSecret,
            String radsecName) {

        CoaSettings coa() {
            return new CoaSettings(coaTransport, coaPort, coaAddress, coaSecret, removeCoaSecret);
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Said[" + name + "]";
        }
    }

    private record NewSecret(String secret) {
        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "NewSecret[]";
        }
    }

    ApiResponse list(ApiRequest request) {
        List<Views.Nas> all = nasClients.all().stream()
                .map(nas -> Views.nas(nas.id(), nas, tenants()))
                .toList();
        return ApiResponse.ok(Map.of("items", all));
    }

    ApiResponse get(ApiRequest request) {
        NasClient nas = stored(request.pathId("id"));
        return ApiResponse.ok(Views.nas(nas.id(), nas, tenants()));
    }

    ApiResponse create(ApiRequest request) {
        NasClient defaults = new NasClient(
                0,
                null,
                tenant(DEFAULT_TENANT),
                null,
                "generic",
                List.of(),
                MessageAuthenticatorMode.AUTO,
                true,
                false,
                Option82Policy.ENFORCE,
                LineAuthentication.OFF,
                null,
                DenialPolicy.REJECT,
                DenialPolicy.REJECT,
                DenialPolicy.REJECT,
                null,
                1000,
                DynamicAuthorization.USUAL,
                null);
        Said said = request.json(Said.class);
        NasClient wanted = apply(said, defaults, List.of(new NasSecret(0, Octets.ofText(said.secret()))));
        long id = nasClients.create(wanted, request.actor());
        Views.Nas made = Views.nas(id, wanted, tenants());
        ownChanges.directory();
        return ApiResponse.created("/api/v1/nas-clients/" + id, made);
    }

    ApiResponse update(ApiRequest request) {
        Said said = request.json(Said.class);
        NasClient after = nasClients.update(
                request.pathId("id"), before -> apply(said, before, before.secrets()), request.actor());
        ownChanges.directory();
        return ApiResponse.ok(Views.nas(after.id(), after, tenants()));
    }

    ApiResponse rotateSecret(ApiRequest request) {
        Octets secret = Octets.ofText(request.json(NewSecret.class).secret());
        nasClients.rotateSecret(request.pathId("id"), secret, request.actor());
        ownChanges.directory();
        return ApiResponse.noContent();
    }

    ApiResponse dropOldSecret(ApiRequest request) {
        nasClients.dropOldSecret(stored(request.pathId("id")).id(), request.actor());
        ownChanges.directory();
        return ApiResponse.noContent();
    }

    ApiResponse forgetSigning(ApiRequest request) {
        NasClient nas = stored(request.pathId("id"));
        observations.reset(nas.address());
        nasClients.recordSigningForgotten(nas.id(), request.actor());
        return ApiResponse.noContent();
    }

    private NasClient apply(Said said, NasClient before, List<NasSecret> secrets) {
        DynamicAuthorization authorization = said.coa().apply(before.dynamicAuthorization());
        String radsecName = radsecName(said, before);
        CoaSettings.requireName(authorization, radsecName);
        return new NasClient(
                before.id(),
                or(said.name(), before.name()),
                said.tenant() == null ? before.tenantId() : tenant(said.tenant()),
                said.address() == null ? before.address() : address(said.address()),
                vendor(or(said.vendor(), before.vendor())),
                secrets,
                or(
                        Words.parse(MessageAuthenticatorMode.class, said.messageAuthenticator()),
                        before.messageAuthenticator()),
                or(said.limitProxyState(), before.limitProxyState()),
                or(said.option82Trusted(), before.option82Trusted()),
                or(Words.parse(Option82Policy.class, said.option82Policy()), before.option82Policy()),
                or(Words.parse(LineAuthentication.class, said.lineAuthentication()), before.lineAuthentication()),
                commonPassword(said, before),
                or(Words.parse(DenialPolicy.class, said.unknownPolicy()), before.unknownPolicy()),
                or(Words.parse(DenialPolicy.class, said.suspendedPolicy()), before.suspendedPolicy()),
                or(Words.parse(DenialPolicy.class, said.expiredPolicy()), before.expiredPolicy()),
                portTemplate(or(said.portTemplate(), before.portTemplate())),
                or(said.rejectDelayMs(), before.rejectDelayMillis()),
                authorization,
                radsecName);
    }

    /** Empty takes it away. */
    private static String radsecName(Said said, NasClient before) {
        String name = or(said.radsecName(), before.radsecName());
        return name == null || name.isEmpty() ? null : name;
    }

    private static Octets commonPassword(Said said, NasClient before) {
        boolean remove = Boolean.TRUE.equals(said.removeCommonPassword());
        if (remove && said.commonPassword() != null) {
            throw ProblemException.badRequest("Give commonPassword or removeCommonPassword, not both.");
        }
        if (remove) {
            return null;
        }
        return said.commonPassword() == null ? before.commonPassword() : Octets.ofText(said.commonPassword());
    }

    private NasClient stored(long id) {
        return nasClients.all().stream()
                .filter(nas -> nas.id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no NAS client " + id + "."));
    }

    private List<Tenant> tenants() {
        return index.directory().tenants();
    }

    private long tenant(String name) {
        return tenants().stream()
                .filter(tenant -> tenant.name().equals(name))
                .findFirst()
                .map(Tenant::id)
                .orElseThrow(() -> ProblemException.badRequest("tenant: there is none named '" + name + "'"));
    }

    private String vendor(String vendor) {
        if (!profiles.vendors().contains(vendor)) {
            throw ProblemException.badRequest(
                    "vendor: '" + vendor + "' has no reply profile; those that have are " + profiles.vendors());
        }
        return vendor;
    }

    private String portTemplate(String name) {
        if (name != null && !templates.portTemplates().contains(name)) {
            throw ProblemException.badRequest(
                    "portTemplate: there is none named '" + name + "'; there are " + templates.portTemplates());
        }
        return name;
    }

    private static IpPrefix address(String text) {
        try {
            return IpPrefix.parse(text);
        } catch (IllegalArgumentException notAPrefix) {
            throw ProblemException.badRequest("address: " + notAPrefix.getMessage());
        }
    }

    private static <T> T or(T said, T before) {
        return said == null ? before : said;
    }
}
