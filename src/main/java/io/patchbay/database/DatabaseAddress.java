package io.patchbay.database;

/**
 * Where the ledger's PostgreSQL is.
 *
 * @param user null when the URL or the driver's own defaults say it; likewise the password
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "DatabaseAddress[" + user + "]";
    }
}
