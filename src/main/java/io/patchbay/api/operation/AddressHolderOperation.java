package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.session.AddressHolders;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.time.InstantSource;

/** Who held an address. */
final class AddressHolderOperation {
    private static final int LAST_PORT = 65535;

    private final AddressHolders holders;
    private final InstantSource clock;

    AddressHolderOperation(AddressHolders holders, InstantSource clock) {
        this.holders = holders;
        this.clock = clock;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answered(
            String address,
            Integer port,
            Instant from,
            Instant to,
            @JsonUnwrapped AddressHolders.Answer answer) {}

    ApiResponse find(ApiRequest request) {
        IpPrefix address = Parameters.prefix(request, "address");
        if (address == null) {
            throw ProblemException.badRequest("Say which address or prefix: address=192.0.2.7");
        }
        Integer port = port(request);
        Instant at = Parameters.instant(request, "at");
        Instant from = Parameters.instant(request, "from");
        Instant to = Parameters.instant(request, "to");
        if (at != null && (from != null || to != null) || from == null && to != null) {
            throw ProblemException.badRequest("Give a moment (at), or a time (from, and to unless it lasts till now).");
        }
        Instant now = clock.instant();
        Instant first = from != null ? from : at != null ? at : now;
        Instant last = from == null ? first : to != null ? to : now;
        if (last.isBefore(first)) {
            throw ProblemException.badRequest("to is " + last + ", which is before from, " + first);
        }
        return ApiResponse.ok(
                new Answered(address.toString(), port, first, last, holders.within(address, port, first, last)));
    }

    private static Integer port(ApiRequest request) {
        Long port = request.number("port");
        if (port != null && (port < 0 || port > LAST_PORT)) {
            throw ProblemException.badRequest("port is " + port + "; it must be 0 to " + LAST_PORT);
        }
        return port == null ? null : port.intValue();
    }
}
