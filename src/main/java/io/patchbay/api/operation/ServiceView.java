package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/** A service as the API shows it: everything but its credential. What is null is not set, and not shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServiceView(
        long id,
        @JsonIgnore long subscriberId,
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
        List<PrefixView> prefixes) {

    record PrefixView(String kind, String prefix, String vrf) {}
}
