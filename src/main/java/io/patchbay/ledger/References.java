package io.patchbay.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who still refers to something that is to be removed. */
final class References {
    private References() {}

    /**
     * In the transaction that removes it, when it is locked: a foreign key takes a lock on it too, so that nobody refers to it
     * anew meanwhile.
     *
     * @param what what is to be removed, for people
     * @param tables the tables whose {@code column} may hold {@code id}, with what is in them, for people
     * @throws LedgerConflict telling how many there are
     */
    static void requireNone(JdbcTemplate jdbc, String what, String column, long id, Map<String, String> tables) {
        String found = new TreeMap<>(tables)
                .entrySet().stream()
                        .map(table -> {
                            long count = jdbc.queryForObject(
                                    "select count(*) from " + table.getKey() + " where " + column + " = ?",
                                    Long.class,
                                    id);
                            return count == 0 ? "" : count + " " + table.getValue();
                        })
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            throw new LedgerConflict(
                    Character.toUpperCase(what.charAt(0)) + what.substring(1) + " is still in use by " + found + ".");
        }
    }
}
