-- How many sessions a service has that another log-in would come on top of: those that are live, not presumed over, and of
-- another line and device than the request, whose own old session it replaces. What its NAS's restart ended does not count
-- either, although the sweep may not have come to it yet. Each parameter but the first may be null:
-- :#serviceId, :#mac, :#circuitId, :#remoteId (bytes)
select count(*) from session s
where service_id = cast(:#serviceId as bigint) and archived_on = 'infinity' and ended_at is null
  and mac is distinct from coalesce(cast(:#mac as bytea), ''::bytea)
  and circuit_id is distinct from coalesce(cast(:#circuitId as bytea), ''::bytea)
  and remote_id is distinct from coalesce(cast(:#remoteId as bytea), ''::bytea)
  and not exists (select from nas_restart r where r.nas_client_id = s.nas_client_id and r.nas_identity = s.nas_identity
                  and r.at > s.last_heard_at)
