package io.patchbay.session;

import io.patchbay.commit.Committable;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.DuplicateKey;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.netty.RadiusDatagram;
import io.patchbay.request.RadiusRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.camel.Exchange;

/**
 * One Accounting-Request and what the steps have found out about it so far. The steps run one after the other and each fills
 * in its own part, so nothing here is synchronised.
 */
public final class AccountingRequest implements RadiusRequest, Committable {
    /** What the journal's bytes begin with: the layout of {@link #journalBytes}. */
    static final byte LAYOUT = 1;

    private static final long ODD = 0x9e3779b97f4a7c15L;

    private final RadiusPacket packet;
    private final InetSocketAddress sender;
    private final NasClient nas;
    private final long receivedNanos;
    private final Instant receivedAt;

    private DuplicateKey duplicateKey;
    private SharedSecret secret;
    private AccountingRecord record;

    /**
     * @param receivedNanos {@link System#nanoTime()} when the datagram was read, and {@code receivedAt} the same by the clock on
     *     the wall
     */
    public AccountingRequest(
            RadiusPacket packet, InetSocketAddress sender, NasClient nas, long receivedNanos, Instant receivedAt) {
        this.packet = packet;
        this.sender = sender;
        this.nas = nas;
        this.receivedNanos = receivedNanos;
        this.receivedAt = receivedAt;
    }

    AccountingRequest(RadiusDatagram datagram, NasClient nas) {
        this(datagram.packet(), datagram.sender(), nas, datagram.receivedNanos(), Instant.now());
    }

    @Override
    public RadiusPacket packet() {
        return packet;
    }

    @Override
    public InetSocketAddress sender() {
        return sender;
    }

    @Override
    public NasClient nas() {
        return nas;
    }

    @Override
    public long receivedNanos() {
        return receivedNanos;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public DuplicateKey duplicateKey() {
        return duplicateKey;
    }

    @Override
    public void duplicateKey(DuplicateKey key) {
        this.duplicateKey = key;
    }

    @Override
    public SharedSecret secret() {
        return secret;
    }

    void secret(SharedSecret secret) {
        this.secret = secret;
    }

    /** Null until it is read. */
    public AccountingRecord record() {
        return record;
    }

    void record(AccountingRecord record) {
        this.record = record;
    }

    @Override
    public Urgency urgency() {
        return record.kind() == AccountingRecord.Kind.INTERIM ? Urgency.LATER : Urgency.FIRST;
    }

    @Override
    public long source() {
        return nas.id();
    }

    /** The records of one session stay in order; those of an Accounting-On or -Off have one key for all of the NAS. */
    @Override
    public long orderKey() {
        return (nas.id() * ODD + record.acctSessionId().hashCode()) * ODD;
    }

    /** Layout, milliseconds since 1970, id of the NAS client, length of the sender's address, the address, the packet. */
    @Override
    public byte[] journalBytes() {
        byte[] address = sender.getAddress().getAddress();
        return ByteBuffer.allocate(18 + address.length + packet.length())
                .put(LAYOUT)
                .putLong(receivedAt.toEpochMilli())
                .putLong(nas.id())
                .put((byte) address.length)
                .put(address)
                .put(packet.bytes())
                .array();
    }

    /** The request that the exchange carries. */
    static AccountingRequest of(Exchange exchange) {
        return (AccountingRequest) exchange.getMessage().getBody();
    }
}
