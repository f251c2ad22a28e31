package io.patchbay.ledger;

import io.patchbay.event.Difference;
import io.patchbay.wire.Octets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the audit tells of a NAS client: every setting, and of secrets only that they are others. */
final class NasAudit {
    private NasAudit() {}

    static Map<String, Object> told(NasClient nas) {
        DynamicAuthorization coa = nas.dynamicAuthorization();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", nas.name());
        told.put("tenantId", nas.tenantId());
        told.put("address", nas.address().toString());
        told.put("vendor", nas.vendor());
        told.put("messageAuthenticator", Words.of(nas.messageAuthenticator()));
        told.put("limitProxyState", nas.limitProxyState());
        told.put("option82Trusted", nas.option82Trusted());
        told.put("option82Policy", Words.of(nas.option82Policy()));
        told.put("lineAuthentication", Words.of(nas.lineAuthentication()));
        told.put("unknownPolicy", Words.of(nas.unknownPolicy()));
        told.put("suspendedPolicy", Words.of(nas.suspendedPolicy()));
        told.put("expiredPolicy", Words.of(nas.expiredPolicy()));
        told.put("portTemplate", nas.portTemplate());
        told.put("rejectDelayMs", nas.rejectDelayMillis());
        told.put("coaTransport", Words.of(coa.transport()));
        told.put("coaPort", coa.port());
        told.put("coaAddress", coa.address() == null ? null : coa.address().addressText());
        told.put("radsecName", nas.radsecName());
        return told;
    }

    static Difference difference(NasClient before, NasClient after) {
        Difference settings = Difference.between(told(before), told(after));
        secret(settings, "commonPassword", before.commonPassword(), after.commonPassword());
        secret(
                settings,
                "coaSecret",
                before.dynamicAuthorization().secret(),
                after.dynamicAuthorization().secret());
        return settings;
    }

    private static void secret(Difference settings, String name, Octets before, Octets after) {
        if (!Objects.equals(before, after)) {
            settings.before().put(name, before == null ? null : "set");
            settings.after().put(name, after == null ? null : before == null ? "set" : "another one");
        }
    }
}
