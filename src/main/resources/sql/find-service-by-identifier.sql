-- Who lives on the line of this name, among the lines of which the NAS may speak.
-- :#nasClientId, :#kind (circuit-id, remote-id, nas-port-id, mac), :#value (bytes)
select s.id as service_id
from access_node n
join line_identifier i on i.access_node_id = n.id and i.kind = :#kind and i.value = :#value
join service s on s.line_id = i.line_id
where n.nas_client_id is null or n.nas_client_id = :#nasClientId
