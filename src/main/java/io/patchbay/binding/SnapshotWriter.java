package io.patchbay.binding;

import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.Tenant;
import io.patchbay.line.AccessNode;
import io.patchbay.line.LineIdentifier;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** Writes directory and bindings as plain fields, in the order in which {@link SnapshotReader} reads them. */
final class SnapshotWriter {
    @FunctionalInterface
    private interface ItemWriter<T> {
        void write(T item) throws IOException;
    }

    private final DataOutputStream out;

    SnapshotWriter(DataOutputStream out) {
        this.out = out;
    }

    void directory(Directory directory) throws IOException {
        list(directory.tenants(), this::tenant);
        list(directory.plans(), this::plan);
        list(directory.accessNodes(), this::accessNode);
        list(directory.nasClients(), this::nas);
    }

    void sources(List<IpPrefix> sources) throws IOException {
        list(sources, this::prefix);
    }

    void binding(Binding binding) throws IOException {
        out.writeLong(binding.serviceId());
        out.writeLong(binding.subscriberId());
        out.writeLong(binding.tenantId());
        text(binding.userName());
        out.writeBoolean(binding.credential() != null);
        if (binding.credential() != null) {
            word(binding.credential().scheme());
            octets(binding.credential().secret());
        }
        text(binding.kind());
        word(binding.state());
        out.writeLong(binding.expiresAtEpochSecond());
        word(binding.option82Policy());
        out.writeLong(binding.plan().id());
        out.writeLong(binding.lineId());
        out.writeLong(binding.accessNodeId());
        list(binding.identifiers(), this::identifier);
        text(binding.canonicalCircuitId());
        out.writeShort(binding.vlans().sVlan());
        out.writeShort(binding.vlans().cVlan());
        out.writeBoolean(binding.dedicatedVlan());
        prefix(binding.ipv4Address());
        list(binding.ipv4Routes(), this::prefix);
        prefix(binding.ipv6WanPrefix());
        prefix(binding.ipv6WanAddress());
        prefix(binding.ipv6DelegatedPrefix());
        list(binding.ipv6Routes(), this::prefix);
        out.writeInt(binding.sessionTimeoutSeconds());
        out.writeBoolean(binding.givesIpv6Wan());
        out.writeBoolean(binding.givesIpv6Delegated());
    }

    private void tenant(Tenant tenant) throws IOException {
        out.writeLong(tenant.id());
        text(tenant.name());
        list(tenant.realms(), this::text);
        out.writeBoolean(tenant.stripRealm());
        out.writeBoolean(tenant.foldCase());
    }

    private void plan(Plan plan) throws IOException {
        out.writeLong(plan.id());
        out.writeLong(plan.tenantId());
        text(plan.name());
        out.writeInt(plan.rateDownKbps());
        out.writeInt(plan.rateUpKbps());
        out.writeInt(plan.sessionTimeoutSeconds());
        out.writeInt(plan.idleTimeoutSeconds());
        out.writeInt(plan.interimIntervalSeconds());
        word(plan.option82Policy());
        text(plan.ipv4Pool());
        text(plan.ipv6WanPool());
        text(plan.ipv6DelegatedPool());
        text(plan.qosProfile());
        out.writeInt(plan.sessionLimit());
    }

    private void accessNode(AccessNode node) throws IOException {
        out.writeLong(node.id());
        text(node.name());
        out.writeLong(node.nasClientId());
        text(node.template());
    }

    private void nas(NasClient nas) throws IOException {
        out.writeLong(nas.id());
        text(nas.name());
        out.writeLong(nas.tenantId());
        prefix(nas.address());
        text(nas.vendor());
        list(nas.secrets(), secret -> {
            out.writeLong(secret.id());
            octets(secret.value());
        });
        word(nas.messageAuthenticator());
        out.writeBoolean(nas.limitProxyState());
        out.writeBoolean(nas.option82Trusted());
        word(nas.option82Policy());
        word(nas.lineAuthentication());
        octets(nas.commonPassword());
        word(nas.unknownPolicy());
        word(nas.suspendedPolicy());
        word(nas.expiredPolicy());
        text(nas.portTemplate());
        out.writeInt(nas.rejectDelayMillis());
        word(nas.dynamicAuthorization().transport());
        out.writeInt(nas.dynamicAuthorization().port());
        prefix(nas.dynamicAuthorization().address());
        octets(nas.dynamicAuthorization().secret());
        text(nas.radsecName());
    }

    private void identifier(LineIdentifier identifier) throws IOException {
        word(identifier.kind());
        octets(identifier.value());
    }

    private void prefix(IpPrefix prefix) throws IOException {
        octets(prefix == null ? null : Octets.of(prefix.address()));
        if (prefix != null) {
            out.writeByte(prefix.length());
        }
    }

    private <T> void list(List<T> items, ItemWriter<T> writer) throws IOException {
        out.writeInt(items.size());
        for (T item : items) {
            writer.write(item);
        }
    }

    /** By name: the order of constants may change, and then an old snapshot must not mean something else. */
    private void word(Enum<?> value) throws IOException {
        text(value == null ? null : value.name());
    }

    private void text(String text) throws IOException {
        octets(text == null ? null : Octets.ofText(text));
    }

    private void octets(Octets octets) throws IOException {
        out.writeInt(octets == null ? -1 : octets.length());
        if (octets != null) {
            out.write(octets.toByteArray());
        }
    }
}
