/**
 * Where PostgreSQL comes from: the external one that {@code spring.datasource.url} names, or an embedded one in the data
 * folder with durable settings; and when its tables are there. The hub starts without the external one (it then answers from
 * its snapshot), so nothing here fails because the database is away: whoever needs tables waits for
 * {@link io.patchbay.database.DatabaseReadiness}.
 */
package io.patchbay.database;
