package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Tenant;
import io.patchbay.line.AccessNode;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link SnapshotWriter} wrote; what repeats is held once. */
final class SnapshotReader {
    @FunctionalInterface
    private interface ItemReader<T> {
        T read() throws IOException;
    }

    private final DataInputStream in;
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<VlanTags, VlanTags> sharedVlans = new HashMap<>();

    SnapshotReader(DataInputStream in) {
        this.in = in;
    }

    Directory directory() throws IOException {
        List<Tenant> tenants = list(this::tenant);
        List<Plan> plans = list(this::plan);
        List<AccessNode> accessNodes = list(this::accessNode);
        List<NasClient> nasClients = list(this::nas);
        return new Directory(nasClients, accessNodes, tenants, plans);
    }

    List<IpPrefix> sources() throws IOException {
        return list(this::prefix);
    }

    Binding binding(Directory directory) throws IOException {
        long serviceId = in.readLong();
        long subscriberId = in.readLong();
        long tenantId = in.readLong();
        String userName = text();
        Credential credential = in.readBoolean() ? new Credential(word(Credential.Scheme.class), octets()) : null;
        String kind = kinds.computeIfAbsent(text(), any -> any);
        ServiceState state = word(ServiceState.class);
        long expiresAt = in.readLong();
        Option82Policy policy = word(Option82Policy.class);
        Plan plan = directory.plan(in.readLong());
        long lineId = in.readLong();
        long accessNodeId = in.readLong();
        List<LineIdentifier> identifiers = PackedIdentifiers.of(
                list(() -> new LineIdentifier(accessNodeId, word(IdentifierKind.class), octets())));
        return new Binding(
                serviceId,
                subscriberId,
                tenantId,
                userName,
                credential,
                kind,
                state,
                expiresAt,
                policy,
                plan,
                lineId,
                accessNodeId,
                identifiers,
                text(),
                vlans(),
                in.readBoolean(),
                prefix(),
                list(this::prefix),
                prefix(),
                prefix(),
                prefix(),
                list(this::prefix),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean());
    }

    private VlanTags vlans() throws IOException {
        VlanTags tags = new VlanTags(in.readShort(), in.readShort());
        return tags.cVlan() == 0 ? sharedVlans.computeIfAbsent(tags, any -> any) : tags;
    }

    private Tenant tenant() throws IOException {
        return new Tenant(in.readLong(), text(), list(this::text), in.readBoolean(), in.readBoolean());
    }

    private Plan plan() throws IOException {
        return new Plan(
                in.readLong(),
                in.readLong(),
                text(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                word(Option82Policy.class),
                text(),
                text(),
                text(),
                text(),
                in.readInt());
    }

    private AccessNode accessNode() throws IOException {
        return new AccessNode(in.readLong(), text(), in.readLong(), text());
    }

    private NasClient nas() throws IOException {
        return new NasClient(
                in.readLong(),
                text(),
                in.readLong(),
                prefix(),
                text(),
                list(() -> new NasSecret(in.readLong(), octets())),
                word(MessageAuthenticatorMode.class),
                in.readBoolean(),
                in.readBoolean(),
                word(Option82Policy.class),
                word(LineAuthentication.class),
                octets(),
                word(DenialPolicy.class),
                word(DenialPolicy.class),
                word(DenialPolicy.class),
                text(),
                in.readInt(),
                new DynamicAuthorization(word(DynamicAuthorization.Transport.class), in.readInt(), prefix(), octets()),
                text());
    }

    private IpPrefix prefix() throws IOException {
        Octets address = octets();
        return address == null ? null : IpPrefix.of(address.toByteArray(), in.readUnsignedByte());
    }

    private <T> List<T> list(ItemReader<T> reader) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return List.of();
        }
        List<T> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(reader.read());
        }
        return List.copyOf(items);
    }

    private <E extends Enum<E>> E word(Class<E> type) throws IOException {
        String name = text();
        return name == null ? null : Enum.valueOf(type, name);
    }

    private String text() throws IOException {
        Octets text = octets();
        return text == null ? null : text.text();
    }

    private Octets octets() throws IOException {
        int length = in.readInt();
        return length < 0 ? null : Octets.of(in.readNBytes(length));
    }
}
