package io.patchbay.session;

import io.patchbay.ledger.AddressHolder;
import io.patchbay.ledger.AddressHolderSource;
import io.patchbay.ledger.AddressHolderSource.Reach;
import io.patchbay.ledger.AddressQuestion;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Who held an address, prefix or public address and port, from everything that knows: never a bare yes, never a bare no. */
public final class AddressHolders {
    private static final Comparator<AddressHolder> MOST_CERTAIN_FIRST = Comparator.comparingInt(
                    (AddressHolder holder) -> holder.doubts().size())
            .thenComparing(AddressHolder::from, Comparator.nullsLast(Comparator.reverseOrder()));

    private final List<AddressHolderSource> sources;

    public AddressHolders(List<AddressHolderSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * @param holders the most certain first
     * @param notes what to know before anything is made of it; never empty when nobody was found
     * @param reach how far back each source knows
     */
    public record Answer(List<AddressHolder> holders, List<String> notes, List<Reach> reach) {}

    /** @param port null when it is not known */
    public Answer at(IpPrefix prefix, Integer port, Instant moment) {
        return answer(new AddressQuestion(prefix, port, moment, moment));
    }

    /** At any time from {@code from} to {@code to}. */
    public Answer within(IpPrefix prefix, Integer port, Instant from, Instant to) {
        return answer(new AddressQuestion(prefix, port, from, to));
    }

    private Answer answer(AddressQuestion question) {
        List<AddressHolder> found = new ArrayList<>();
        List<Reach> reach = new ArrayList<>();
        for (AddressHolderSource source : sources) {
            found.addAll(source.holders(question));
            reach.add(source.reach(question));
        }
        List<AddressHolder> holders = (question.isMoment() ? contradicting(found) : found)
                .stream().sorted(MOST_CERTAIN_FIRST).toList();
        return new Answer(holders, notes(holders, reach), List.copyOf(reach));
    }

    private static List<String> notes(List<AddressHolder> holders, List<Reach> reach) {
        List<String> notes = new ArrayList<>();
        if (holders.isEmpty()) {
            notes.add("Nobody is known to have held it then, which does not prove that nobody did.");
        }
        reach.stream()
                .filter(one -> !one.coversQuestion())
                .map(one -> "The time asked for reaches back further than the source " + one.source() + ".")
                .forEach(notes::add);
        return notes;
    }

    /** Two that are certain of the same address at one moment are not. */
    private static List<AddressHolder> contradicting(List<AddressHolder> found) {
        return found.stream()
                .map(holder -> {
                    long others = !holder.isCertain()
                            ? 0
                            : found.stream()
                                    .filter(other -> other != holder && other.isCertain() && collide(holder, other))
                                    .count();
                    return others == 0
                            ? holder
                            : holder.withDoubt("At the same moment " + others
                                    + " more of this list seem to have held it as certainly.");
                })
                .toList();
    }

    private static boolean collide(AddressHolder one, AddressHolder other) {
        IpPrefix prefix = IpPrefix.parse(one.prefix());
        IpPrefix otherPrefix = IpPrefix.parse(other.prefix());
        boolean samePorts = one.portFrom() == null
                || other.portFrom() == null
                || one.portFrom() <= other.portTo() && other.portFrom() <= one.portTo();
        boolean sameHolder = one.serviceId() != null && Objects.equals(one.serviceId(), other.serviceId());
        return samePorts && !sameHolder && (prefix.contains(otherPrefix) || otherPrefix.contains(prefix));
    }
}
