package io.patchbay.session;

/**
 * What the sweeps say to the database. Each walks a piece of session_live, from one page to another, and counts what it
 * changed; the two pages are the last parameters. Rows that a writer holds just now are skipped, they are being heard of.
 */
final class SweepStatements {
    private static final String PIECE = "s.ctid >= ?::tid and s.ctid < ?::tid";

    private static final String LOCK = "for no key update of s skip locked";

    /** Parameter: now. Older restarts have been seen to long ago. */
    static final String CLOSE_RESTARTED = """
            with restart as (
                select nas_client_id, nas_identity, max(at) as at from nas_restart
                where at > ?::timestamptz - interval '1 day' group by nas_client_id, nas_identity),
            over as (
                select s.ctid as place, restart.at from session_live s
                join restart using (nas_client_id, nas_identity)
                where %s and s.ended_at is null and s.last_heard_at < restart.at
                %s),
            closed as (
                update session_live s set ended_at = over.at, end_cause = 'nas-restart', presumed = true
                from over where s.ctid = over.place returning 1)
            select count(*) from closed""".formatted(PIECE, LOCK);

    /**
     * Parameter: now. A later session of the same service on the same NAS, with the same IPv4 address or from the same MAC on
     * the same port, began after this one was last heard of, and this one missed an interim since.
     */
    static final String CLOSE_REPLACED = """
            with moment as (select ?::timestamptz as now),
            over as (
                select s.ctid as place, later.started_at from session_live s
                cross join moment
                join service v on v.id = s.service_id
                join plan p on p.id = v.plan_id
                cross join lateral (
                    select min(n.started_at) as started_at from session_live n
                    where n.service_id = s.service_id and n.nas_client_id = s.nas_client_id
                        and n.nas_identity = s.nas_identity and n.acct_session_id <> s.acct_session_id
                        and n.started_at > s.last_heard_at
                        and (n.mac = s.mac and n.nas_port_id = s.nas_port_id
                            or exists (select from session_address_live a
                                join session_address_live b on b.prefix = a.prefix and b.kind = a.kind
                                where a.session_id = s.id and b.session_id = n.id and a.kind = 'ipv4-address'
                                    and a.until_at is null))) later
                where %s and s.ended_at is null and later.started_at is not null
                    and s.last_heard_at < moment.now - make_interval(secs => greatest(300, p.interim_interval_s))
                %s),
            closed as (
                update session_live s set ended_at = over.started_at, end_cause = 'replaced', presumed = true
                from over where s.ctid = over.place returning 1)
            select count(*) from closed""".formatted(PIECE, LOCK);

    /** Parameters: now, and the seconds of silence for those that were asked for interims, and for the others. */
    static final String CLOSE_SILENT = """
            with moment as (select ?::timestamptz as now, ?::bigint as stale, ?::bigint as silent),
            over as (
                select s.ctid as place from session_live s
                cross join moment
                left join service v on v.id = s.service_id
                left join plan p on p.id = v.plan_id
                where %s and s.ended_at is null
                    and s.last_heard_at < moment.now - make_interval(secs => moment.stale)
                    and s.last_heard_at < moment.now - make_interval(secs => case when p.interim_interval_s > 0
                        then greatest(moment.stale, 3 * p.interim_interval_s) else moment.silent end)
                %s),
            closed as (
                update session_live s set ended_at = s.last_heard_at, end_cause = 'silent', presumed = true
                from over where s.ctid = over.place returning 1)
            select count(*) from closed""".formatted(PIECE, LOCK);

    /** Parameters: now. */
    static final String ARCHIVE = """
            with moment as (select ?::timestamptz as now),
            due as (
                select s.id, moment.now from session_live s
                cross join moment
                where %s and s.ended_at < moment.now - interval '1 hour'
                    and s.last_heard_at < moment.now - interval '1 hour'
                for update of s skip locked),
            moved as (
                update session s set archived_on = (due.now at time zone 'UTC')::date
                from due where s.id = due.id and s.archived_on = 'infinity' returning 1),
            addresses as (
                update session_address a set archived_on = (due.now at time zone 'UTC')::date
                from due where a.session_id = due.id and a.archived_on = 'infinity')
            select count(*) from moved""".formatted(PIECE);

    private SweepStatements() {}
}
