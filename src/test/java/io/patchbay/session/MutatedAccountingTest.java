package io.patchbay.session;

import static io.patchbay.session.AccountingWorld.NOW;
import static io.patchbay.session.AccountingWorld.SENDER;
import static io.patchbay.session.AccountingWorld.ascii;
import static io.patchbay.session.AccountingWorld.hex;
import static io.patchbay.session.AccountingWorld.integer;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.radius.Decoded;
import io.patchbay.radius.ExtendedAttributes;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.Tlvs;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fifty thousand damaged Accounting-Requests: none makes the reader throw, and what it reads can be stored. */
class MutatedAccountingTest {
    private static final int COUNT = 50_000;

    private final Random random = new Random(20261123);
    private final AccountingWorld world = new AccountingWorld();
    private final JournaledAccounting journal = new JournaledAccounting(world.reader, world.index);

    @Test
    void noMutationThrows() {
        byte[] original = whole();
        int read = 0;
        int damaged = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] datagram = mutate(original);
            if (RadiusPacket.decode(datagram, 0, datagram.length) instanceof Decoded.Ok ok) {
                switch (world.reader.read(ok.packet(), world.nas, SENDER.getAddress(), NOW)) {
                    case Reading.Read fresh -> {
                        read++;
                        assertStorable(fresh.record());
                        AccountingRequest request = new AccountingRequest(ok.packet(), SENDER, world.nas, 0, NOW);
                        assertThat(journal.read(request.journalBytes()).record())
                                .isEqualTo(fresh.record());
                    }
                    case Reading.NoSession other -> damaged++;
                    case Reading.Incomplete incomplete -> damaged++;
                }
            }
        }
        assertThat(read)
                .as("enough must be readable for this to mean something")
                .isGreaterThan(COUNT / 5);
        assertThat(damaged).isPositive();
    }

    private static void assertStorable(AccountingRecord record) {
        assertThat(record.delay()).isBetween(Duration.ZERO, Duration.ofDays(30));
        assertThat(record.startedAt()).isBetween(Instant.parse("2006-01-01T00:00:00Z"), NOW);
        assertThat(record.terminateCause()).isBetween(0, 65535);
        if (record.traffic() != null) {
            assertThat(record.traffic().bytesDown()).isNotNegative();
            assertThat(record.traffic().bytesUp()).isNotNegative();
            assertThat(record.traffic().ipv6BytesDown()).isGreaterThanOrEqualTo(-1);
        }
        if (record.addresses() != null) {
            for (HeldAddress held : record.addresses()) {
                assertThat(held.portFrom()).isBetween(0, held.portTo());
                assertThat(held.portTo()).isLessThanOrEqualTo(65535);
                IpPrefix prefix = held.prefix();
                assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
            }
        }
    }

    private static byte[] whole() {
        return AccountingWorld.datagram(attributes -> {
            attributes.putInteger(40, 3);
            attributes.put(44, ascii("0000002a"));
            attributes.put(1, ascii("alice@isp.example"));
            attributes.put(32, ascii("bng-7"));
            attributes.put(31, ascii("02-00-00-00-00-07"));
            attributes.put(25, ascii("pb1:4711"));
            attributes.put(8, hex("c0000209"));
            attributes.put(97, hex("0040 20010db8 00010002"));
            attributes.put(123, hex("0038 20010db8 ff12ab00"));
            attributes.put(168, hex("20010db8 00010002 00000000 00000001"));
            for (int counter : new int[] {41, 42, 43, 46, 47, 48, 49, 52, 53, 55}) {
                attributes.putInteger(counter, 1_000 + counter);
            }
            attributes.putVendor(3561, 1, ascii(AccountingWorld.CIRCUIT));
            attributes.putVendor(4874, 152, integer(9));
            attributes.putVendor(6527, 198, integer(9));
            attributes.putVendor(6527, 121, ascii("198.51.100.7 37674-37723,38507-38556 router base"));
            attributes.putVendor(2011, 161, hex("c6336407"));
            attributes.putVendor(2011, 162, integer(1024));
            attributes.putVendor(2011, 163, integer(2047));
            byte[] range = new byte[18];
            System.arraycopy(Tlvs.of(3, hex("c6336407")), 0, range, 0, 6);
            System.arraycopy(Tlvs.of(9, integer(1024)), 0, range, 6, 6);
            System.arraycopy(Tlvs.of(10, integer(2047)), 0, range, 12, 6);
            ExtendedAttributes.put(attributes, 241, 6, range);
        });
    }

    private byte[] mutate(byte[] original) {
        byte[] datagram = original.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(datagram.length);
            switch (random.nextInt(6)) {
                case 0 -> {
                    datagram = Arrays.copyOf(datagram, Math.max(20, at));
                    datagram[2] = (byte) (datagram.length >>> 8);
                    datagram[3] = (byte) datagram.length;
                }
                case 1 -> datagram[at] = (byte) 0xff;
                case 2 -> datagram[at] = 0;
                default -> datagram[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : datagram[at] ^ 1);
            }
        }
        return datagram;
    }
}
