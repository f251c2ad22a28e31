package io.patchbay.binding;

import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;

/**
 * By what a table finds bindings. The key is read from the binding itself, so that a table need not hold it a second time.
 *
 * @param <K> with value equality
 */
interface BindingKey<K> {
    /** How many keys of this sort the binding has. */
    int count(Binding binding);

    /** The key that comes {@code nth}, from 0. */
    K key(Binding binding, int nth);

    boolean has(Binding binding, K key);

    default int hash(K key) {
        return key.hashCode();
    }

    /** @param userName normalised */
    record User(long tenantId, String userName) {}

    BindingKey<Long> SERVICE = new BindingKey<>() {
        @Override
        public int count(Binding binding) {
            return 1;
        }

        @Override
        public Long key(Binding binding, int nth) {
            return binding.serviceId();
        }

        @Override
        public boolean has(Binding binding, Long key) {
            return binding.serviceId() == key;
        }
    };

    BindingKey<Long> LINE = new BindingKey<>() {
        @Override
        public int count(Binding binding) {
            return binding.lineId() == 0 ? 0 : 1;
        }

        @Override
        public Long key(Binding binding, int nth) {
            return binding.lineId();
        }

        @Override
        public boolean has(Binding binding, Long key) {
            return binding.lineId() == key;
        }
    };

    BindingKey<User> USER = new BindingKey<>() {
        @Override
        public int count(Binding binding) {
            return binding.userName() == null ? 0 : 1;
        }

        @Override
        public User key(Binding binding, int nth) {
            return new User(binding.tenantId(), binding.userName());
        }

        @Override
        public boolean has(Binding binding, User key) {
            return binding.tenantId() == key.tenantId() && key.userName().equals(binding.userName());
        }
    };

    BindingKey<String> CANONICAL_CIRCUIT_ID = new BindingKey<>() {
        @Override
        public int count(Binding binding) {
            return binding.canonicalCircuitId() == null ? 0 : 1;
        }

        @Override
        public String key(Binding binding, int nth) {
            return binding.canonicalCircuitId();
        }

        @Override
        public boolean has(Binding binding, String key) {
            return key.equals(binding.canonicalCircuitId());
        }
    };

    static BindingKey<Octets> identifier(IdentifierKind kind) {
        return new BindingKey<>() {
            @Override
            public int count(Binding binding) {
                return PackedIdentifiers.count(binding.identifiers(), kind);
            }

            @Override
            public Octets key(Binding binding, int nth) {
                return PackedIdentifiers.value(binding.identifiers(), kind, nth);
            }

            @Override
            public boolean has(Binding binding, Octets key) {
                return PackedIdentifiers.holds(binding.identifiers(), kind, key);
            }

            /** FNV-1a: the usual 31 makes neighbouring MAC addresses collide by the dozen. */
            @Override
            public int hash(Octets key) {
                int hash = 0x811c9dc5;
                for (int i = 0; i < key.length(); i++) {
                    hash = (hash ^ key.at(i) & 0xff) * 0x01000193;
                }
                return hash;
            }
        };
    }
}
