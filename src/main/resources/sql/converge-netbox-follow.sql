-- Reads what the event log has got since the last time, and bumps the desired version of every concerned service that has
-- something to be mirrored, or had. As for the NASes: only what lies below the oldest running transaction, one node at a time.
with place as (
    select xid, seq from convergence_cursor where name = 'netbox' for update skip locked
), batch as (
    select xid, seq, type, service_id, subject_id
    from event
    where (xid, seq) > ((select xid from place), (select seq from place))
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, seq
    limit 5000
), last as (
    select xid, seq from batch order by xid desc, seq desc limit 1
), told as (
    select service_id from batch
    where type in ('service-created', 'service-changed', 'service-removed') and service_id is not null
    union
    select s.id from batch b join service s on s.subscriber_id = b.subject_id where b.type = 'subscriber-changed'
    union
    select s.id from batch b join service s on s.tenant_id = b.subject_id where b.type = 'tenant-changed'
), concerned as (
    select told.service_id from told
    where exists (select from service_prefix p join address_pool a on a.id = p.pool_id
                  where p.service_id = told.service_id and a.authority <> 'netbox')
       or exists (select from service_vlan l join vlan_pool a on a.id = l.pool_id
                  where l.service_id = told.service_id and a.authority = 'local')
       or exists (select from convergence c where c.service_id = told.service_id and c.target = 'netbox')
), bumped as (
    insert into convergence as c (service_id, target, lane, changed_xid, changed_seq)
    select concerned.service_id, 'netbox', 0, last.xid, last.seq
    from concerned cross join last
    order by concerned.service_id
    on conflict (service_id, target) do update
        set desired_version = c.desired_version + 1,
            state = 'pending',
            attempts = 0,
            due_at = now(),
            reason = null,
            changed_at = now(),
            changed_xid = excluded.changed_xid,
            changed_seq = excluded.changed_seq
    returning 1
), moved as (
    update convergence_cursor as c set xid = last.xid, seq = last.seq from last where c.name = 'netbox'
)
select (select count(*) from batch) as events, (select count(*) from bumped) as services
