package io.patchbay.session;

import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.Directory;
import io.patchbay.binding.Resolver;
import io.patchbay.lab.GivenNas;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Tenant;
import io.patchbay.line.AccessNode;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.VlanTags;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.Packets;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.request.LineAttributes;
import io.patchbay.wire.Octets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the tests of the way in share: one NAS of one tenant, one access node, one service 4711 on line 9 whose user is
 * {@code alice} and whose circuit is {@code olt1 eth 0/1:7}; and packets as that NAS sends them.
 */
final class AccountingWorld {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");
    static final InetSocketAddress SENDER = new InetSocketAddress("127.0.8.1", 40_000);
    static final SharedSecret SECRET = new SharedSecret(Octets.ofText(GivenNas.SECRET));
    static final long SERVICE = 4711;
    static final long LINE = 9;
    static final String CIRCUIT = "olt1 eth 0/1:7";

    static final int START = 1;
    static final int STOP = 2;
    static final int INTERIM = 3;
    static final int ON = 7;
    static final int OFF = 8;

    private static final LineTemplates TEMPLATES = LineTemplates.load(Path.of("config/line-templates.yaml"));
    private static final AccessNode NODE = new AccessNode(2, "olt1", 0, "tr-101");

    final NasClient nas;
    final BindingIndex index = new BindingIndex();
    final AccountingReader reader;

    AccountingWorld() {
        this(new GivenNas("127.0.8.1"));
    }

    AccountingWorld(GivenNas given) {
        nas = given.of(1);
        Tenant tenant = new Tenant(1, "default", List.of("isp.example"), true, true);
        Plan plan = new Plan(3, 1, "home", 0, 0, 0, 0, 0, null, null, null, null, null, 0);
        index.replaceAll(
                new Directory(List.of(nas), List.of(NODE), List.of(tenant), List.of(plan)), index.startFilling(1));
        index.apply(new Binding(
                SERVICE,
                815,
                1,
                "alice",
                null,
                "internet",
                ServiceState.ACTIVE,
                0,
                null,
                plan,
                LINE,
                NODE.id(),
                List.of(new LineIdentifier(NODE.id(), IdentifierKind.CIRCUIT_ID, Octets.ofText(CIRCUIT))),
                TEMPLATES.canonicalKey(NODE.template(), Octets.ofText(CIRCUIT)),
                VlanTags.NONE,
                false,
                null,
                List.of(),
                null,
                null,
                null,
                List.of(),
                0,
                true,
                true));
        reader = new AccountingReader(new LineAttributes(TEMPLATES), new Resolver(index, TEMPLATES), index);
    }

    Reading reading(Consumer<AttributeWriter> content) {
        return reader.read(packet(content), nas, SENDER.getAddress(), NOW);
    }

    /** The record of a packet with these attributes, which must be readable. */
    AccountingRecord record(int statusType, Consumer<AttributeWriter> content) {
        return switch (reading(attributes -> {
            attributes.putInteger(40, statusType);
            attributes.put(44, ascii("s-1"));
            content.accept(attributes);
        })) {
            case Reading.Read read -> read.record();
            case Reading.NoSession other -> throw new AssertionError(other);
            case Reading.Incomplete incomplete -> throw new AssertionError(incomplete);
        };
    }

    static RadiusPacket packet(Consumer<AttributeWriter> content) {
        return Packets.decoded(datagram(content));
    }

    static byte[] datagram(Consumer<AttributeWriter> content) {
        RequestBuilder request = new RequestBuilder(PacketCode.ACCOUNTING_REQUEST, 1, SECRET);
        content.accept(request.attributes());
        return request.finish();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Hex, with blanks where one likes. */
    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] integer(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }
}
