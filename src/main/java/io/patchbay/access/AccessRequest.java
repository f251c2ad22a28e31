package io.patchbay.access;

import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Decision;
import io.patchbay.binding.PasswordProof;
import io.patchbay.binding.Resolution;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.DuplicateKey;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.netty.RadiusDatagram;
import io.patchbay.request.RadiusRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apache.camel.Exchange;

/**
 * One Access-Request and what the steps have found out about it so far. The steps run one after the other and each fills
 * in its own part, so nothing here is synchronised.
 */
public final class AccessRequest implements RadiusRequest {
    /** A NAS asks again after some 2 s. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final RadiusPacket packet;
    private final InetSocketAddress sender;
    private final NasClient nas;
    private final long receivedNanos;

    private DuplicateKey duplicateKey;
    private SharedSecret secret;
    private AccessQuestion question;
    private Resolution resolution;
    private PasswordProof.Outcome proof;
    private Decision decision;
    private byte[] reply;
    private WaitingRoom room;

    /** @param receivedNanos {@link System#nanoTime()} when the datagram was read */
    public AccessRequest(RadiusPacket packet, InetSocketAddress sender, NasClient nas, long receivedNanos) {
        this.packet = packet;
        this.sender = sender;
        this.nas = nas;
        this.receivedNanos = receivedNanos;
    }

    AccessRequest(RadiusDatagram datagram, NasClient nas) {
        this(datagram.packet(), datagram.sender(), nas, datagram.receivedNanos());
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

    public long receivedNanos() {
        return receivedNanos;
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

    public AccessQuestion question() {
        return question;
    }

    void question(AccessQuestion question) {
        this.question = question;
    }

    public Resolution resolution() {
        return resolution;
    }

    void resolution(Resolution resolution) {
        this.resolution = resolution;
    }

    /** Whether the request proves what it has to. */
    public PasswordProof.Outcome proof() {
        return proof;
    }

    void proof(PasswordProof.Outcome proof) {
        this.proof = proof;
    }

    public Decision decision() {
        return decision;
    }

    void decision(Decision decision) {
        this.decision = decision;
    }

    /** Takes a place among those that wait beside the event loop. @return false when its NAS has its share already */
    boolean waitIn(WaitingRoom waitingRoom) {
        if (!waitingRoom.enter(nas.id())) {
            return false;
        }
        room = waitingRoom;
        return true;
    }

    @Override
    public void ended() {
        stopWaiting();
    }

    /** It is its turn, or it has ended. */
    void stopWaiting() {
        if (room != null) {
            room.leave(nas.id());
            room = null;
        }
    }

    /** How long the NAS still waits; not negative. */
    Duration patienceLeft() {
        return Duration.ofNanos(Math.max(0, PATIENCE_NANOS - (System.nanoTime() - receivedNanos)));
    }

    /** Whether the NAS has given up on it, or asked again: then no answer is of use any more. */
    boolean isTooOld() {
        return System.nanoTime() - receivedNanos > PATIENCE_NANOS;
    }

    /** The signed packet; null until it is composed. */
    public byte[] reply() {
        return reply;
    }

    void reply(byte[] reply) {
        this.reply = reply;
    }

    /** The request that the exchange carries. */
    static AccessRequest of(Exchange exchange) {
        return (AccessRequest) exchange.getMessage().getBody();
    }
}
