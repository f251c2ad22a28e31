-- Every change is looked at once more, :#seconds seconds later, for whoever logged in just before it and whose Start came just
-- after it: such a session was given what the service was, and nobody knew of it. A service whose sessions are all older, or
-- that is being seen to or has failed, is left as it is.
with place as (
    select xid, seq from convergence_cursor where name = 'nas-late' for update skip locked
), young as (
    -- Numbers and times of events do not quite agree: nothing behind the first young one is read.
    select xid, seq from event
    where (xid, seq) > ((select xid from place), (select seq from place))
      and at > now() - make_interval(secs => cast(:#seconds as integer))
    order by xid, seq
    limit 1
), batch as (
    select xid, seq, at, type, service_id, subject_id
    from event
    where (xid, seq) > ((select xid from place), (select seq from place))
      and xid < pg_snapshot_xmin(pg_current_snapshot())
      and not exists (select 1 from young where (young.xid, young.seq) <= (event.xid, event.seq))
    order by xid, seq
    limit 5000
), last as (
    select xid, seq from batch order by xid desc, seq desc limit 1
), concerned as (
    select service_id, at from batch where type in ('service-changed', 'service-removed') and service_id is not null
    union
    select s.id, b.at from batch b join service s on s.plan_id = b.subject_id where b.type = 'plan-changed'
    union
    select s.id, b.at from batch b join service s on s.line_id = b.subject_id where b.type = 'line-changed'
), bumped as (
    insert into convergence as c (service_id, target, lane, changed_xid, changed_seq)
    select s.service_id, 'nas', min(s.nas_client_id), last.xid, last.seq
    from concerned
    join session s on s.service_id = concerned.service_id and s.archived_on = 'infinity' and s.ended_at is null
        and s.started_at > concerned.at - interval '5 minutes'
    cross join last
    group by s.service_id, last.xid, last.seq
    on conflict (service_id, target) do update
        set desired_version = c.desired_version + 1,
            lane = excluded.lane,
            state = 'pending',
            attempts = 0,
            due_at = now()
        where c.state = 'done'
    returning 1
), moved as (
    update convergence_cursor as c set xid = last.xid, seq = last.seq from last where c.name = 'nas-late'
)
select (select count(*) from batch) as events, (select count(*) from bumped) as services
