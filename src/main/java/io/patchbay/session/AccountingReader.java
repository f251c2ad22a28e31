package io.patchbay.session;

import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.Resolver;
import io.patchbay.ledger.NasClient;
import io.patchbay.line.ReportedLine;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.reply.ServiceClass;
import io.patchbay.request.LineAttributes;
import io.patchbay.session.AccountingRecord.Kind;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Reads an Accounting-Request (RFC 2866 section 5, RFC 2869 section 5, RFC 3162, 4818 and 6911) into our terms. A value that
 * makes no sense is left out, never a reason to lose the record. The service is the one that the Class of our own accept
 * names; without one it is looked for by user name and line, in memory.
 */
public final class AccountingReader {
    private static final int USER_NAME = 1;
    private static final int NAS_IP_ADDRESS = 4;
    private static final int CLASS = 25;
    private static final int NAS_IDENTIFIER = 32;
    private static final int ACCT_STATUS_TYPE = 40;
    private static final int ACCT_DELAY_TIME = 41;
    private static final int ACCT_SESSION_ID = 44;
    private static final int ACCT_SESSION_TIME = 46;
    private static final int ACCT_TERMINATE_CAUSE = 49;
    private static final int EVENT_TIMESTAMP = 55;
    private static final int NAS_IPV6_ADDRESS = 95;

    /** A NAS does not try for longer; some fill the field with ones. */
    private static final long LONGEST_DELAY_SECONDS = Duration.ofDays(30).toSeconds();
    /** Nor is a session older than this. */
    private static final long LONGEST_SESSION_SECONDS =
            Duration.ofDays(20 * 365).toSeconds();

    private static final long HIGHEST_CAUSE = 0xffff;

    private final LineAttributes lines;
    private final Resolver resolver;
    private final BindingIndex index;

    public AccountingReader(LineAttributes lines, Resolver resolver, BindingIndex index) {
        this.lines = lines;
        this.resolver = resolver;
        this.index = index;
    }

    /** @param receivedAt when the datagram came in, by our clock */
    public Reading read(RadiusPacket packet, NasClient nas, InetAddress sender, Instant receivedAt) {
        long statusType = packet.integer(ACCT_STATUS_TYPE, -1);
        if (statusType < 0) {
            return new Reading.Incomplete(Reading.Missing.STATUS_TYPE);
        }
        Kind kind = kind(statusType);
        if (kind == null) {
            return new Reading.NoSession(statusType);
        }
        Octets sessionId = packet.octets(ACCT_SESSION_ID);
        if (isEmpty(sessionId) && kind != Kind.ON && kind != Kind.OFF) {
            return new Reading.Incomplete(Reading.Missing.SESSION_ID);
        }
        return new Reading.Read(record(kind, sessionId, packet, nas, sender, receivedAt));
    }

    private static Kind kind(long statusType) {
        return switch ((int) statusType) {
            case 1 -> Kind.START;
            case 2 -> Kind.STOP;
            case 3 -> Kind.INTERIM;
            case 7 -> Kind.ON;
            case 8 -> Kind.OFF;
            default -> null;
        };
    }

    private AccountingRecord record(
            Kind kind, Octets sessionId, RadiusPacket packet, NasClient nas, InetAddress sender, Instant receivedAt) {
        Octets classValue = classValue(packet);
        OptionalLong ours = classValue == null ? OptionalLong.empty() : ServiceClass.serviceId(classValue);
        String userName = packet.text(USER_NAME);
        boolean isSession = kind != Kind.ON && kind != Kind.OFF;
        ReportedLine line = isSession && ours.isEmpty() ? lines.read(packet, nas) : LineAttributes.identifiers(packet);
        Binding binding = ours.isPresent()
                ? index.byService(ours.getAsLong())
                : isSession ? resolver.owner(nas, userName, line) : null;
        VendorValues vendor = VendorValues.of(packet);
        HeldAddresses held = HeldAddresses.of(packet, vendor);
        byte[] source = sender.getAddress();
        return new AccountingRecord(
                kind,
                nas.id(),
                nas.name(),
                identity(packet),
                IpPrefix.of(source, source.length * 8),
                sessionId == null ? Octets.EMPTY : sessionId,
                receivedAt,
                Duration.ofSeconds(atMost(LONGEST_DELAY_SECONDS, packet.integer(ACCT_DELAY_TIME, 0), 0)),
                eventTimestamp(packet),
                sessionTime(packet),
                TrafficReader.read(packet, vendor),
                (int) atMost(HIGHEST_CAUSE, packet.integer(ACCT_TERMINATE_CAUSE, 0), 0),
                ours.orElse(binding == null ? 0 : binding.serviceId()),
                binding == null ? 0 : binding.lineId(),
                userName,
                line.circuitId(),
                line.remoteId(),
                line.nasPortId(),
                line.mac(),
                classValue,
                held.addresses(),
                held.released());
    }

    /** Ours where there are several, for proxies on the way add their own; else the first. */
    private static Octets classValue(RadiusPacket packet) {
        if (!packet.has(CLASS)) {
            return null;
        }
        Octets first = packet.octets(CLASS);
        if (ServiceClass.serviceId(first).isPresent()) {
            return first;
        }
        for (byte[] value : packet.values(CLASS)) {
            Octets other = Octets.of(value);
            if (ServiceClass.serviceId(other).isPresent()) {
                return other;
            }
        }
        return first;
    }

    private static String identity(RadiusPacket packet) {
        if (packet.has(NAS_IDENTIFIER)) {
            return packet.text(NAS_IDENTIFIER);
        }
        String address = addressText(packet.value(NAS_IP_ADDRESS), 4);
        if (address == null) {
            address = addressText(packet.value(NAS_IPV6_ADDRESS), 16);
        }
        return address == null ? "" : address;
    }

    private static String addressText(byte[] address, int length) {
        return address == null || address.length != length
                ? null
                : IpPrefix.of(address, length * 8).addressText();
    }

    /** Null when the NAS sends none, or 0 because nobody has set its clock. */
    private static Instant eventTimestamp(RadiusPacket packet) {
        long seconds = packet.integer(EVENT_TIMESTAMP, 0);
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }

    private static Duration sessionTime(RadiusPacket packet) {
        long seconds = atMost(LONGEST_SESSION_SECONDS, packet.integer(ACCT_SESSION_TIME, -1), -1);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    private static long atMost(long highest, long value, long otherwise) {
        return value > highest ? otherwise : value;
    }

    private static boolean isEmpty(Octets octets) {
        return octets == null || octets.isEmpty();
    }
}
