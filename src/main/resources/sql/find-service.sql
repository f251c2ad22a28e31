-- Who is meant, for a request that the index cannot answer: the service of the user name, and those on lines that have one of
-- the reported names and of which the NAS may speak (its own tenant's, on access nodes that lie behind it or behind any).
-- Each parameter may be null, then it finds nobody:
-- :#tenantId, :#userName (normalised), :#nasClientId, :#circuitId, :#remoteId, :#nasPortId, :#mac (bytes)
select service_id from credential
where tenant_id = cast(:#tenantId as bigint) and user_name = cast(:#userName as text)
union
select s.id as service_id
from nas_client c
join access_node n on n.nas_client_id is null or n.nas_client_id = c.id
join (values ('circuit-id', cast(:#circuitId as bytea)),
             ('remote-id', cast(:#remoteId as bytea)),
             ('nas-port-id', cast(:#nasPortId as bytea)),
             ('mac', cast(:#mac as bytea))) reported (kind, value) on reported.value is not null
join line_identifier i on i.access_node_id = n.id and i.kind = reported.kind and i.value = reported.value
join service s on s.line_id = i.line_id and s.tenant_id = c.tenant_id
where c.id = cast(:#nasClientId as bigint)
