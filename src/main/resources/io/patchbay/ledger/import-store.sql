-- The rows that are left, into the ledger.
insert into subscriber (id, tenant_id, external_id) overriding system value
select subscriber_id, tenant_id, external_id from import_row order by line;
insert into access_line (id, access_node_id, canonical_circuit_id, onu_serial, uni) overriding system value
select line_id, access_node_id, canonical, onu_serial, uni from import_row where access_node_id is not null order by line;
insert into line_identifier (line_id, access_node_id, kind, value)
select line_id, access_node_id, kind, value from import_identifier order by access_node_id, kind, value;
insert into service (id, subscriber_id, tenant_id, line_id, kind, plan_id, state, expires_at, option82_policy,
                     session_timeout_s, cpe_id, ipv6_mode) overriding system value
select service_id, subscriber_id, tenant_id, case when access_node_id is not null then line_id end, kind, plan_id, state,
       expires_at, option82_policy, session_timeout_s, cpe_id, ipv6_mode
from import_row order by line;
insert into credential (service_id, tenant_id, user_name, scheme, sealed)
select service_id, tenant_id, user_name, scheme, sealed from import_row where user_name is not null order by line;
insert into service_vlan (service_id, vlan_domain_id, model, s_vlan, c_vlan, pool_id)
select r.service_id, r.vlan_domain_id, case when r.c_vlan is null then 'shared' else 'dedicated' end, r.s_vlan, r.c_vlan, v.pool_id
from import_row r left join vlan_range v
     on v.vlan_domain_id = r.vlan_domain_id and int4range(v.s_first, v.s_last, '[]') @> r.s_vlan
     and (v.model = 'shared') = (r.c_vlan is null) and int4range(v.c_first, v.c_last, '[]') @> coalesce(r.c_vlan, 0)
where r.s_vlan is not null order by r.line;
select address_take_all(array_agg(prefix), (select id from vrf where name = 'default')) from (
    select distinct p.prefix from import_prefix p
    where not exists (select from import_prefix o where o.service_id = p.service_id and o.prefix >> p.prefix)) outermost;
set local patchbay.space_taken = 'on';
insert into service_prefix (service_id, vrf_id, kind, prefix, netmask_length)
select service_id, (select id from vrf where name = 'default'), kind, prefix, netmask from import_prefix order by prefix;
set local patchbay.space_taken = 'off';
