package io.patchbay.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Import files of subscribers that can be told from each other, and what of them is in a hub's embedded database. */
public final class CrashRows {
    /** How many a usual file has. */
    public static final int ROWS = 1_000;

    private CrashRows() {}

    public static String user(int file, int row) {
        return "file-" + file + "-" + row;
    }

    public static String password(int row) {
        return "secret-" + row;
    }

    public static String circuit(int file, int row) {
        return "crash-olt eth " + file + "/1:" + row;
    }

    /** @param file 1 to 255. @param rows at most 65,535 */
    public static String csv(int file, int rows) {
        StringBuilder csv = new StringBuilder("username,password,circuit_id,s_vlan,ipv4,ipv6_delegated_prefix\n");
        for (int row = 1; row <= rows; row++) {
            csv.append("%s,%s,%s,300,10.%d.%d.%d,3fff:%x:%x::/48\n"
                    .formatted(
                            user(file, row),
                            password(row),
                            circuit(file, row),
                            file,
                            row / 256,
                            row % 256,
                            0x100 + file,
                            row));
        }
        return csv.toString();
    }

    /**
     * The files of which anything is stored, with their numbers of whole rows: service, line with its identifier, VLAN, two
     * prefixes and event.
     *
     * @throws AssertionError when a row of any table is without the others that came with it
     */
    public static Map<Integer, Integer> whole(Path dataDir) {
        JdbcTemplate jdbc = jdbc(dataDir);
        Map<Integer, Integer> files = new TreeMap<>();
        jdbc.query(
                """
                select split_part(external_id, '-', 2)::int as file, count(*) as subscribers, count(*) filter (where
                    exists (select 1 from credential c where c.service_id = s.id and c.user_name = p.external_id)
                    and exists (select 1 from line_identifier i where i.line_id = s.line_id)
                    and exists (select 1 from service_vlan v where v.service_id = s.id)
                    and exists (select 1 from event e where e.service_id = s.id)
                    and (select count(*) from service_prefix x where x.service_id = s.id) = 2) as whole
                from subscriber p left join service s on s.subscriber_id = p.id
                where external_id like 'file-%' group by 1""",
                row -> {
                    if (row.getInt("subscribers") != row.getInt("whole")) {
                        throw new AssertionError("file " + row.getInt("file") + ": " + row.getInt("subscribers")
                                + " subscribers, but only " + row.getInt("whole") + " whole");
                    }
                    files.put(row.getInt("file"), row.getInt("whole"));
                });
        int orphans = jdbc.queryForObject(
                "select count(*) from access_line l where not exists (select 1 from service s where s.line_id = l.id)",
                Integer.class);
        if (orphans != 0) {
            throw new AssertionError(orphans + " lines without a service");
        }
        return files;
    }

    /** Waits until the import's transaction has written something. */
    public static void awaitTransaction(Path dataDir, Future<?> importing) {
        JdbcTemplate jdbc = jdbc(dataDir);
        Awaitility.await()
                .until(() -> importing.isDone()
                        || jdbc.queryForObject(
                                        "select count(*) from pg_stat_activity where backend_xid is not null",
                                        Integer.class)
                                > 0);
        if (importing.isDone()) {
            throw new AssertionError("the import was over before it could be disturbed");
        }
    }

    /** A hub's embedded database. As postmaster.pid tells it: the port is in its fourth line. */
    public static JdbcTemplate jdbc(Path dataDir) {
        try {
            List<String> pidFile = Files.readAllLines(dataDir.resolve("postgres/postmaster.pid"));
            String password =
                    Files.readString(dataDir.resolve("postgres.password")).strip();
            return new JdbcTemplate(new DriverManagerDataSource(
                    "jdbc:postgresql://localhost:" + pidFile.get(3).strip() + "/postgres", "postgres", password));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
