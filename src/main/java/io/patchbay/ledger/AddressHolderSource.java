package io.patchbay.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/** Something that knows who held an address: the ledger, accounting, leases. */
public interface AddressHolderSource {
    /** Everybody who held it, or may have; in any order. */
    List<AddressHolder> holders(AddressQuestion question);

    /** How far back this source knows, without which an empty answer would be taken for proof. */
    Reach reach(AddressQuestion question);

    /**
     * @param since null when it knows of nothing
     * @param coversQuestion whether all of the time asked for lies within what it knows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reach(String source, Instant since, boolean coversQuestion, String sentence) {}
}
