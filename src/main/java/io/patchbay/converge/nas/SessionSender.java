package io.patchbay.converge.nas;

import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Words;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.coa.CoaOutcome;
import io.patchbay.radius.coa.CoaRequest;
import io.patchbay.radius.coa.CoaResult;
import io.patchbay.radius.coa.CoaTransport;
import io.patchbay.radius.coa.ErrorCause;
import io.patchbay.reply.ReplyProfile;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends what a plan says to the session's own NAS, with that NAS's secret, port and transport. A NAS that cannot change live
 * sessions, and says so, is asked to disconnect instead.
 */
final class SessionSender {
    private final ReplyProfiles profiles;
    private final Map<String, CoaTransport> transports;

    SessionSender(ReplyProfiles profiles, List<CoaTransport> transports) {
        this.profiles = profiles;
        this.transports = transports.stream().collect(Collectors.toMap(CoaTransport::name, Function.identity()));
    }

    CompletableFuture<SessionOutcome> send(SessionStep step) {
        return switch (step.action()) {
            case SessionAction.Leave leave -> CompletableFuture.completedFuture(new SessionOutcome(step, List.of()));
            case SessionAction.Disconnect disconnect ->
                send(step, CoaRequest.Kind.DISCONNECT).thenApply(sent -> new SessionOutcome(step, List.of(sent)));
            case SessionAction.Change change ->
                send(step, CoaRequest.Kind.CHANGE).thenCompose(sent -> orDisconnect(step, sent));
        };
    }

    private CompletableFuture<SessionOutcome> orDisconnect(SessionStep step, SessionOutcome.Sent change) {
        boolean incapable =
                change.result().outcome() instanceof CoaOutcome.Nak nak && ErrorCause.isIncapable(nak.errorCause());
        if (!incapable) {
            return CompletableFuture.completedFuture(new SessionOutcome(step, List.of(change)));
        }
        return send(step, CoaRequest.Kind.DISCONNECT).thenApply(disconnect -> {
            List<SessionOutcome.Sent> both = new ArrayList<>(2);
            both.add(change);
            both.add(disconnect);
            return new SessionOutcome(step, both);
        });
    }

    private CompletableFuture<SessionOutcome.Sent> send(SessionStep step, CoaRequest.Kind kind) {
        return result(step, kind).thenApply(result -> new SessionOutcome.Sent(kind, result));
    }

    private CompletableFuture<CoaResult> result(SessionStep step, CoaRequest.Kind kind) {
        NasClient nas = step.nas();
        if (nas == null) {
            return unsendable("The ledger has no NAS client '" + step.session().nasName() + "' any more.");
        }
        DynamicAuthorization way = nas.dynamicAuthorization();
        if (way.transport() == DynamicAuthorization.Transport.OFF) {
            return unsendable("The NAS client '" + nas.name()
                    + "' takes no CoA: its CoA transport is off. Disconnect the session on the NAS.");
        }
        CoaTransport transport = transports.get(Words.of(way.transport()));
        if (transport == null) {
            return unsendable("CoA over " + Words.of(way.transport()) + ", which the NAS client '" + nas.name()
                    + "' is set to, is not switched on in this hub.");
        }
        Octets secret = way.secret() != null
                ? way.secret()
                : nas.secrets().isEmpty() ? null : nas.secrets().getFirst().value();
        if (secret == null) {
            return unsendable("The NAS client '" + nas.name() + "' has no secret that opens; give it a new one.");
        }
        ReplyProfile profile = profiles.profile(nas.vendor());
        InetSocketAddress to = address(way.address() == null ? step.session().nasAddress() : way.address(), way.port());
        return transport.send(new CoaRequest(kind, peer(nas), to, new SharedSecret(secret), out -> {
            profile.session(out, step.session().facts());
            if (kind == CoaRequest.Kind.CHANGE) {
                profile.change(out, step.desired(), step.session().facts());
            }
        }));
    }

    private static String peer(NasClient nas) {
        return nas.radsecName() == null ? nas.name() : nas.radsecName();
    }

    private static CompletableFuture<CoaResult> unsendable(String reason) {
        return CompletableFuture.completedFuture(CoaResult.unsendable(reason));
    }

    private static InetSocketAddress address(IpPrefix address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.address()), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(address + " has neither 4 nor 16 bytes", impossible);
        }
    }
}
