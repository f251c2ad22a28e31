package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.patchbay.sighting.LoggedAuthentication;
import io.patchbay.sighting.SeenSighting;
import java.util.List;

/**
 * What the hub would answer, and why.
 *
 * @param decision grant, quarantine, reject or silence; null when it is about an address or a line that nobody has
 * @param reason the word of the denial; null when access is granted
 * @param sentence the reason for people; of an ambiguous line, which lines
 * @param foundBy user or line; null when nobody was found
 * @param around what else there is to know of the service, or of what was asked about
 * @param reply the attributes of the NAS's reply profile, {@code Name = value} each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Explanation(
        String decision,
        String reason,
        String sentence,
        String foundBy,
        String nas,
        Policy policy,
        Long subscriberId,
        Views.Service service,
        Views.Line line,
        List<Views.Difference> mismatches,
        List<String> reply,
        List<SeenSighting> sightings,
        List<LoggedAuthentication> attempts,
        @JsonUnwrapped Surroundings around) {

    /** Of what nobody has: there is nobody to decide about. */
    static Explanation ofNobody(String sentence, Views.Line line, Surroundings around) {
        return new Explanation(
                null, null, sentence, null, null, null, null, null, line, null, null, null, null, around);
    }

    /** @param from where the policy stands: nas, plan or service, the nearest wins */
    record Policy(String option82, String from) {}
}
