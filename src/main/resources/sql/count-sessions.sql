-- How many sessions a service has that another log-in would come on top of: those that are live, not presumed over, and of
-- another line and device than the request, whose own old session it replaces. Each parameter but the first may be null:
-- :#serviceId, :#mac, :#circuitId, :#remoteId (bytes)
select count(*) from session
where service_id = cast(:#serviceId as bigint) and archived_on = 'infinity' and ended_at is null
  and mac is distinct from coalesce(cast(:#mac as bytea), ''::bytea)
  and circuit_id is distinct from coalesce(cast(:#circuitId as bytea), ''::bytea)
  and remote_id is distinct from coalesce(cast(:#remoteId as bytea), ''::bytea)
