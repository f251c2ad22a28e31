package io.patchbay.binding;

import io.patchbay.ledger.Plan;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every binding, in memory. Reads take no lock and never wait, whatever a change is doing; changes come one at a time. A
 * binding found a moment ago stays as it was: a change puts another in its place.
 */
public final class BindingIndex {
    /** In one piece, so that nobody sees the bindings of one loading with the access nodes of another. */
    private volatile Content content = new Content(new Tables(0), Directory.EMPTY, false);

    private volatile long changes;

    /** What the index holds now: for whoever looks more than once and must see the same. */
    public Content content() {
        return content;
    }

    /** Whether everything was loaded once: until then nobody may be told that they are unknown. */
    public boolean isComplete() {
        return content.complete;
    }

    public Directory directory() {
        return content.directory;
    }

    /** @param userName normalised. @return null when there is none */
    public Binding byUser(long tenantId, String userName) {
        return content.byUser(tenantId, userName);
    }

    /** The services on lines with this identifier, of whatever access node: the caller sees to the scope. */
    public List<Binding> byIdentifier(IdentifierKind kind, Octets value) {
        return content.byIdentifier(kind, value);
    }

    /** The services on lines whose circuit-id has this canonical key, of whatever access node and template. */
    public List<Binding> byCanonicalCircuitId(String key) {
        return content.byCanonicalCircuitId(key);
    }

    /** @return null when there is none */
    public Binding byService(long serviceId) {
        return content.tables.services.one(serviceId);
    }

    public List<Binding> byLine(long lineId) {
        return content.tables.lines.all(lineId);
    }

    /** How many bindings there are. */
    public int size() {
        return content.tables.size;
    }

    /** Grows with every change: what was written at the same count is still so. */
    public long changes() {
        return changes;
    }

    /** Every binding once, those that change meanwhile as they were or as they are. */
    public void forEach(Consumer<Binding> action) {
        content.tables.services.forEach(action);
    }

    /** Puts a binding in, or in the place of the same service's earlier one. */
    public void apply(Binding binding) {
        apply(binding, 0);
    }

    /** @param rowVersion of the rows that it was read from, for the comparison with the ledger */
    public synchronized void apply(Binding binding, int rowVersion) {
        content.tables.put(binding, rowVersion);
        changes++;
    }

    public synchronized void remove(long serviceId) {
        if (content.tables.remove(serviceId)) {
            changes++;
        }
    }

    /** Puts a new directory in place; bindings of a plan that changed get the new one. */
    public synchronized void replaceDirectory(Directory next) {
        Tables tables = content.tables;
        Directory before = content.directory;
        if (before.equals(next)) {
            return;
        }
        content = new Content(tables, next, content.complete);
        changes++;
        List<Plan> changed = next.plans().stream()
                .filter(plan -> before.plan(plan.id()) != null && !plan.equals(before.plan(plan.id())))
                .toList();
        if (!changed.isEmpty()) {
            tables.services.forEach(binding -> changed.stream()
                    .filter(plan -> plan.id() == binding.plan().id())
                    .forEach(plan -> tables.put(Bindings.withPlan(binding, plan))));
        }
    }

    /** Begins a whole new content, which nobody sees before {@link #replaceAll}. */
    public Filling startFilling(int expectedBindings) {
        return new Filling(new Tables(expectedBindings));
    }

    /** Puts a whole new content in place, and makes the index complete. */
    public synchronized void replaceAll(Directory next, Filling filling) {
        content = new Content(filling.tables, next, true);
        changes++;
    }

    /** For each remainder of service ids divided by {@code buckets}: count (upper half) and exclusive or of row versions. */
    public synchronized long[] digest(int buckets) {
        return content.tables.versions.digests(buckets);
    }

    synchronized long[] services(int buckets, int remainder) {
        return content.tables.versions.services(buckets, remainder);
    }

    synchronized boolean holds(long serviceId, int rowVersion) {
        return content.tables.versions.holds(serviceId, rowVersion);
    }

    /** Bindings and the directory that they refer to. Single bindings change in it; another loading is another content. */
    public static final class Content {
        private final Tables tables;
        private final Directory directory;
        private final boolean complete;

        private Content(Tables tables, Directory directory, boolean complete) {
            this.tables = tables;
            this.directory = directory;
            this.complete = complete;
        }

        public Directory directory() {
            return directory;
        }

        /** As {@link BindingIndex#byUser}; likewise the others. */
        public Binding byUser(long tenantId, String userName) {
            return tables.users.one(new BindingKey.User(tenantId, userName));
        }

        public List<Binding> byIdentifier(IdentifierKind kind, Octets value) {
            return tables.identifiers.get(kind).all(value);
        }

        public List<Binding> byCanonicalCircuitId(String key) {
            return tables.canonicalCircuitIds.all(key);
        }
    }

    /** The content of an index in the making; for one thread. */
    public static final class Filling {
        private final Tables tables;

        private Filling(Tables tables) {
            this.tables = tables;
        }

        public void add(Binding binding, int rowVersion) {
            tables.put(binding, rowVersion);
        }

        public int size() {
            return tables.size;
        }
    }

    private static final class Tables {
        private final BindingTable<Long> services;
        private final BindingTable<Long> lines;
        private final BindingTable<BindingKey.User> users;
        private final BindingTable<String> canonicalCircuitIds;
        private final Map<IdentifierKind, BindingTable<Octets>> identifiers = new EnumMap<>(IdentifierKind.class);
        private final List<BindingTable<?>> allButServices;
        private final RowVersions versions = new RowVersions();
        private volatile int size;

        private Tables(int expected) {
            services = new BindingTable<>(BindingKey.SERVICE, expected);
            lines = new BindingTable<>(BindingKey.LINE, expected);
            users = new BindingTable<>(BindingKey.USER, expected);
            canonicalCircuitIds = new BindingTable<>(BindingKey.CANONICAL_CIRCUIT_ID, 0);
            for (IdentifierKind kind : IdentifierKind.values()) {
                identifiers.put(kind, new BindingTable<>(BindingKey.identifier(kind), 0));
            }
            allButServices = List.of(
                    lines,
                    users,
                    canonicalCircuitIds,
                    identifiers.get(IdentifierKind.CIRCUIT_ID),
                    identifiers.get(IdentifierKind.REMOTE_ID),
                    identifiers.get(IdentifierKind.NAS_PORT_ID),
                    identifiers.get(IdentifierKind.MAC));
        }

        private void put(Binding given, int rowVersion) {
            versions.put(given.serviceId(), rowVersion);
            put(given);
        }

        /** The service table is written last: from it a fuller table is built, which then holds what is in it and no more. */
        private void put(Binding given) {
            Binding binding = Bindings.packed(given);
            Binding earlier = services.one(binding.serviceId());
            allButServices.forEach(table -> table.add(binding, services));
            services.add(binding, services);
            if (earlier == null) {
                size++;
            } else {
                allButServices.forEach(table -> table.remove(earlier));
                services.remove(earlier);
            }
        }

        private boolean remove(long serviceId) {
            Binding earlier = services.one(serviceId);
            if (earlier == null) {
                return false;
            }
            allButServices.forEach(table -> table.remove(earlier));
            services.remove(earlier);
            versions.remove(serviceId);
            size--;
            return true;
        }
    }
}
