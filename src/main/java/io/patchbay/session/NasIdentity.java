package io.patchbay.session;

/**
 * Who tells: several NASes may speak through one client address, and go by what they call themselves.
 *
 * @param name NAS-Identifier, or NAS-IP-Address or NAS-IPv6-Address as text, or empty
 */
record NasIdentity(long nasClientId, String name) {
    static NasIdentity of(AccountingRecord record) {
        return new NasIdentity(record.nasClientId(), Storable.text(record.nasIdentity()));
    }
}
