package io.patchbay.binding;

/** The SQL that reads the ledger's tables (V1__ledger.sql) into the index. */
final class LedgerQueries {
    /** Changes whenever one of the rows of which a binding is made does, whoever wrote it. */
    private static final String VERSION =
            "hashtext(concat_ws(' ', s.id, s.xmin, l.xmin, c.xmin, v.xmin, x.xmin, i.versions," + " p.versions))";

    private static final String IDENTIFIERS = """
            count(*) || '/' || sum(xmin::text::bigint) as versions,
            string_agg(kind || ':' || encode(value, 'hex'), ' ') as identifiers from line_identifier
            """;

    private static final String PREFIXES = """
            count(*) || '/' || sum(xmin::text::bigint) as versions,
            string_agg(kind || ':' || encode(cidr_send(prefix), 'hex') || ':' || coalesce(netmask_length, 0), ' ')
                as prefixes from service_prefix
            """;

    private static final String FROM = """
            from service s
            left join access_line l on l.id = s.line_id
            left join credential c on c.service_id = s.id
            left join service_vlan v on v.service_id = s.id
            left join service_ipv6 x on x.service_id = s.id
            """;

    /** Joins the whole tables. */
    private static final String EVERY = FROM
            + "left join (select line_id, " + IDENTIFIERS + " group by line_id) i on i.line_id = s.line_id\n"
            + "left join (select service_id, " + PREFIXES + " group by service_id) p on p.service_id = s.id\n";

    /** Looks up each service's rows: some milliseconds sooner for a few of them. */
    private static final String SOME = FROM
            + "left join lateral (select " + IDENTIFIERS + " where line_id = s.line_id) i on true\n"
            + "left join lateral (select " + PREFIXES + " where service_id = s.id) p on true\n";

    private static final String BINDING = """
            select s.id, s.subscriber_id, s.tenant_id, s.kind, s.plan_id, s.state, s.option82_policy, s.session_timeout_s,
                   case when isfinite(s.expires_at) then floor(extract(epoch from s.expires_at))::bigint else 0 end
                       as expires_at,
                   coalesce(l.id, 0) as line_id, coalesce(l.access_node_id, 0) as access_node_id, l.canonical_circuit_id,
                   i.identifiers, c.user_name, c.scheme, c.sealed,
                   coalesce(v.s_vlan, 0) as s_vlan, coalesce(v.c_vlan, 0) as c_vlan,
                   coalesce(v.model = 'dedicated', false) as dedicated, p.prefixes,
                   coalesce(x.mode, s.ipv6_mode) as ipv6_mode, x.state as ipv6_state,\s""" + VERSION + " as version\n";

    static final String ALL_BINDINGS = BINDING + EVERY;

    /** Takes an array of service ids; likewise {@link #SOME_VERSIONS}. */
    static final String SOME_BINDINGS = BINDING + SOME + "where s.id = any (?)";

    static final String SOME_VERSIONS = "select s.id, " + VERSION + " as version\n" + SOME + "where s.id = any (?)";

    /** Into how many buckets services are divided to be compared. */
    static final int BUCKETS = 1024;

    /** Takes an array of buckets. */
    static final String BUCKET_VERSIONS =
            "select s.id, " + VERSION + " as version\n" + SOME + "where s.id % 1024 = any (?)";

    static final String BUCKET_DIGESTS =
            "select bucket, count(*) << 32 | (bit_xor(version) & 4294967295) as digest from ("
                    + "select s.id % 1024 as bucket, " + VERSION + "::bigint as version\n" + EVERY
                    + ") versions group by bucket";

    static final String COUNT_SERVICES = "select count(*) from service";

    static final String POSITION = "select pg_snapshot_xmin(pg_current_snapshot())::text as xid";

    static final String EVENTS = """
            select xid::text as xid, seq, type, service_id, subject_id from event
            where (xid, seq) > (?::xid8, ?) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by xid, seq limit ?
            """;

    static final String SERVICES_ON_LINES = "select id from service where line_id = any (?)";

    static final String SERVICES_ON_NODES =
            "select s.id from service s join access_line l on l.id = s.line_id where l.access_node_id = any (?)";

    static final String PLANS = "select * from plan order by id";

    static final String ACCESS_NODES =
            "select id, name, coalesce(nas_client_id, 0) as nas_client_id, template from access_node order by id";

    private LedgerQueries() {}
}
