package io.patchbay.radius;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * What makes two datagrams the same request: source address and port, code, identifier and authenticator. Without the
 * authenticator a NAS that runs through its 256 identifiers within seconds would lose packets.
 */
public record DuplicateKey(
        long addressHigh, long addressLow, int portCodeIdentifier, long authenticatorHigh, long authenticatorLow) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    public static DuplicateKey of(InetSocketAddress source, RadiusPacket request) {
        byte[] address = source.getAddress().getAddress();
        byte[] bytes = request.bytes();
        boolean v4 = address.length == 4;
        return new DuplicateKey(
                v4 ? 0 : (long) LONG.get(address, 0),
                v4 ? (int) INT.get(address, 0) : (long) LONG.get(address, 8),
                source.getPort() << 16 | request.code() << 8 | request.identifier(),
                (long) LONG.get(bytes, RadiusPacket.AUTHENTICATOR),
                (long) LONG.get(bytes, RadiusPacket.AUTHENTICATOR + 8));
    }
}
