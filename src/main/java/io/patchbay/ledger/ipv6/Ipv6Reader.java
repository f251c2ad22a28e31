package io.patchbay.ledger.ipv6;

import java.util.List;

/** How far services have come with IPv6, for people and programs to read. */
public final class Ipv6Reader {
    private final Ipv6Rows rows;
    private final FormerPrefixes former;
    private final Ipv6Holders holders;

    Ipv6Reader(Ipv6Rows rows, FormerPrefixes former, Ipv6Holders holders) {
        this.rows = rows;
        this.former = former;
        this.holders = holders;
    }

    /** With what it had, and who still holds that. @throws io.patchbay.ledger.LedgerNotFound when there is no such service */
    public Ipv6View ofService(long serviceId) {
        Ipv6Standing standing = rows.read(serviceId);
        boolean waits = standing.state() == Ipv6State.REVOKING
                || !former.revoking(serviceId).isEmpty();
        List<String> heldBy =
                waits ? holders.of(List.of(serviceId)).getOrDefault(serviceId, List.of()) : List.<String>of();
        return Ipv6View.of(standing, former.of(serviceId), heldBy);
    }

    /**
     * Those in this state, by service, without what they had.
     *
     * @param afterService the last one of the page before; 0 for the first page
     */
    public List<Ipv6View> inState(Ipv6State state, long afterService, int limit) {
        return rows.inState(state, afterService, limit).stream()
                .map(standing -> Ipv6View.of(standing, List.of(), List.of()))
                .toList();
    }
}
