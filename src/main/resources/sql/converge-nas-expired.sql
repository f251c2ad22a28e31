-- A service that expires changes without an event: its live sessions are due at that moment.
insert into convergence as c (service_id, target, lane, changed_xid, changed_seq)
select v.id, 'nas', min(s.nas_client_id), k.xid, k.seq
from service v
join session s on s.service_id = v.id and s.archived_on = 'infinity' and s.ended_at is null
cross join (select xid, seq from convergence_cursor where name = 'nas') k
where v.expires_at <= now() and v.expires_at > now() - interval '1 day'
  and not exists (select 1 from convergence seen
                  where seen.service_id = v.id and seen.target = 'nas' and seen.changed_at >= v.expires_at)
group by v.id, k.xid, k.seq
on conflict (service_id, target) do update
    set desired_version = c.desired_version + 1,
        lane = excluded.lane,
        state = 'pending',
        attempts = 0,
        due_at = now(),
        reason = null,
        changed_at = now()
