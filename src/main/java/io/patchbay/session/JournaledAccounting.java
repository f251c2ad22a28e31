package io.patchbay.session;

import io.patchbay.binding.BindingIndex;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.wire.IpPrefix;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Makes of {@link AccountingRequest#journalBytes} the request again, its record read by the same code as when it came. */
public final class JournaledAccounting {
    private final AccountingReader reader;
    private final BindingIndex index;

    public JournaledAccounting(AccountingReader reader, BindingIndex index) {
        this.reader = reader;
        this.index = index;
    }

    /**
     * The request with its record.
     *
     * @throws IllegalArgumentException when the bytes are none of an accounting request's
     */
    public AccountingRequest read(byte[] journalBytes) {
        AccountingRequest request = readRequest(journalBytes);
        Reading reading =
                reader.read(request.packet(), request.nas(), request.sender().getAddress(), request.receivedAt());
        switch (reading) {
            case Reading.Read read -> request.record(read.record());
            case Reading.NoSession other ->
                throw new IllegalArgumentException("The journal's entry is of no session: " + other);
            case Reading.Incomplete incomplete ->
                throw new IllegalArgumentException("The journal's entry is incomplete: " + incomplete.what());
        }
        return request;
    }

    /** The request without its record, which the directory and the bindings of a complete index belong to. */
    AccountingRequest readRequest(byte[] journalBytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(journalBytes);
            byte layout = buffer.get();
            if (layout != AccountingRequest.LAYOUT) {
                throw new IllegalArgumentException("The journal's entry has layout " + layout
                        + ", which this version does not know; drain the journal with the version that wrote it.");
            }
            Instant receivedAt = Instant.ofEpochMilli(buffer.getLong());
            long nasClientId = buffer.getLong();
            byte[] address = new byte[buffer.get() & 0xff];
            buffer.get(address);
            byte[] packet = new byte[buffer.remaining()];
            buffer.get(packet);
            InetSocketAddress sender = new InetSocketAddress(InetAddress.getByAddress(address), 0);
            return request(packet, nas(nasClientId, sender.getAddress()), sender, receivedAt);
        } catch (BufferUnderflowException | UnknownHostException damaged) {
            throw new IllegalArgumentException(
                    "The journal's entry is no accounting request: it is too short.", damaged);
        }
    }

    private static AccountingRequest request(
            byte[] bytes, NasClient nas, InetSocketAddress sender, Instant receivedAt) {
        RadiusPacket packet =
                switch (RadiusPacket.decode(bytes, 0, bytes.length)) {
                    case Decoded.Ok ok -> ok.packet();
                    case Decoded.Malformed malformed ->
                        throw new IllegalArgumentException("The journal's entry holds no packet: " + malformed);
                };
        return new AccountingRequest(packet, sender, nas, System.nanoTime(), receivedAt);
    }

    /** Who was removed meanwhile is known by id and address only: what was acknowledged is stored all the same. */
    private NasClient nas(long id, InetAddress address) {
        NasClient nas = index.directory().nas(id);
        return nas != null
                ? nas
                : new NasClient(
                        id,
                        address.getHostAddress(),
                        0,
                        IpPrefix.of(address.getAddress(), address.getAddress().length * 8),
                        "generic",
                        List.of(),
                        MessageAuthenticatorMode.AUTO,
                        true,
                        false,
                        Option82Policy.IGNORE,
                        LineAuthentication.OFF,
                        null,
                        DenialPolicy.REJECT,
                        DenialPolicy.REJECT,
                        DenialPolicy.REJECT,
                        null,
                        0,
                        DynamicAuthorization.USUAL,
                        null);
    }
}
