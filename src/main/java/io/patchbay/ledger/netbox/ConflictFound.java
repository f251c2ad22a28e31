package io.patchbay.ledger.netbox;

import io.patchbay.netbox.ObjectType;

/** A conflict as it is found; {@link NetBoxConflict} says what each part is. What does not apply is null. */
public record ConflictFound(
        Kind kind,
        ObjectType type,
        Long netBoxId,
        Long serviceId,
        Long poolId,
        String claimKey,
        String ledgerValue,
        String netBoxValue,
        String reason) {
    public enum Kind {
        /** Something of somebody else's is where the ledger's is to be written. */
        OBJECT_IN_THE_WAY("object-in-the-way"),
        /** What a service uses was deleted. */
        DELETED_IN_NETBOX("deleted-in-netbox"),
        /** The ledger cannot take the value that NetBox has now. */
        VALUE_REFUSED("value-refused"),
        /** A container whose block is in use is gone. */
        BLOCK_REMOVED("block-removed"),
        /** A container cannot become a block. */
        BLOCK_REFUSED("block-refused"),
        /** Somebody else's object is at what a service uses. */
        FOREIGN_IN_USE("foreign-in-use");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
