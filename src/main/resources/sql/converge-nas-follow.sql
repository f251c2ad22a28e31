-- Reads what the event log has got since the last time, and bumps the desired version of every concerned service that has
-- live sessions: one statement for however many. Only what lies below the oldest running transaction is read, since events
-- are not commit-ordered; the cursor's row lock lets one node at a time do it, the others find nothing to do.
with place as (
    select xid, seq from convergence_cursor where name = 'nas' for update skip locked
), batch as (
    select xid, seq, type, service_id, subject_id
    from event
    where (xid, seq) > ((select xid from place), (select seq from place))
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, seq
    limit 5000
), last as (
    select xid, seq from batch order by xid desc, seq desc limit 1
), concerned as (
    select service_id from batch where type in ('service-changed', 'service-removed') and service_id is not null
    union
    select s.id from batch b join service s on s.plan_id = b.subject_id where b.type = 'plan-changed'
    union
    select s.id from batch b join service s on s.line_id = b.subject_id where b.type = 'line-changed'
), bumped as (
    insert into convergence as c (service_id, target, lane, changed_xid, changed_seq)
    select s.service_id, 'nas', min(s.nas_client_id), last.xid, last.seq
    from concerned
    join session s on s.service_id = concerned.service_id and s.archived_on = 'infinity' and s.ended_at is null
    cross join last
    group by s.service_id, last.xid, last.seq
    on conflict (service_id, target) do update
        set desired_version = c.desired_version + 1,
            lane = excluded.lane,
            state = 'pending',
            attempts = 0,
            due_at = now(),
            reason = null,
            changed_at = now(),
            changed_xid = excluded.changed_xid,
            changed_seq = excluded.changed_seq
    returning 1
), moved as (
    update convergence_cursor as c set xid = last.xid, seq = last.seq from last where c.name = 'nas'
)
select (select count(*) from batch) as events, (select count(*) from bumped) as services
