package io.patchbay.console;

import io.patchbay.api.security.Caller;
import io.patchbay.api.security.Role;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What may be done through Jolokia. Everybody who may log in reads the routes, the JVM and the hub's own beans, and runs
 * what only shows; an admin also stops, starts and resets routes. Nothing else: no attribute is written, no route is
 * changed, no message is sent, and no system property or command line is read, since they may hold secrets.
 */
public final class JolokiaPolicy extends AbstractConstantRestrictor {
    private static final Set<String> DOMAINS =
            Set.of("org.apache.camel", "java.lang", "java.nio", "hawtio", "jolokia", "io.patchbay");
    private static final Set<String> SECRETIVE = Set.of("SystemProperties", "InputArguments");
    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);

    /** Operations that only show; a signature may follow the name. */
    private static final Predicate<String> SHOWS = Pattern.compile(
                    "(dump|browse|list|get|has|is|explain|canInvoke|routeStats|statistics|queueSize|informationAsJson)\\w*(\\(.*)?")
            .asMatchPredicate();

    private static final Predicate<String> STEERS = Pattern.compile(
                    "(start|stop|suspend|resume|restart|reset)\\w*(\\(.*)?")
            .asMatchPredicate();

    JolokiaPolicy() {
        super(false);
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return DOMAINS.contains(name.getDomain()) && !SECRETIVE.contains(attribute);
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        return switch (name.getDomain()) {
            case "hawtio", "io.patchbay" -> SHOWS.test(operation);
            case "org.apache.camel" ->
                SHOWS.test(operation)
                        || (STEERS.test(operation) && Caller.current().role().covers(Role.ADMIN));
            default -> false;
        };
    }

    /** Who may come in at all is the filter chain's affair. */
    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** The console's own pages send an Origin too; no other origin is told that it may read the answer. */
    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        return onlyWhenStrictCheckingIsEnabled;
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !DOMAINS.contains(name.getDomain());
    }
}
