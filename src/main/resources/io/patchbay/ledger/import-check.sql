-- What of the waiting rows is held already, in the ledger or by an earlier line. A rejected row claims nothing in the checks
-- that follow.

-- User names and subscribers
insert into import_rejection
select r.line, 'username: ''' || r.user_name || ''' exists already'
from import_row r join credential c using (tenant_id, user_name) on conflict do nothing;
insert into import_rejection
select r.line, 'external_id: subscriber ''' || r.external_id || ''' exists already'
from import_row r join subscriber s using (tenant_id, external_id) on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;
insert into import_rejection
select line, 'username: ''' || user_name || ''' stands in line ' || first || ' of this file already'
from (select line, user_name, first_value(line) over (partition by tenant_id, user_name order by line) first
      from import_row where user_name is not null) same
where line > first on conflict do nothing;
insert into import_rejection
select line, 'external_id: subscriber ''' || external_id || ''' stands in line ' || first || ' of this file already'
from (select line, external_id, first_value(line) over (partition by tenant_id, external_id order by line) first
      from import_row) same
where line > first on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;

-- The names of lines
insert into import_identifier
select line, line_id, access_node_id, 'circuit-id', circuit_id from import_row where circuit_id is not null
union all select line, line_id, access_node_id, 'remote-id', remote_id from import_row where remote_id is not null
union all select line, line_id, access_node_id, 'nas-port-id', nas_port_id from import_row where nas_port_id is not null
union all select line, line_id, access_node_id, 'mac', mac from import_row where mac is not null;
analyze import_identifier;
insert into import_rejection
select i.line, replace(i.kind, '-', '_') || ': ' || identifier_text(i.kind, i.value) || ' is a name of the line of '
       || line_holder(l.line_id) || ' already'
from import_identifier i join line_identifier l using (access_node_id, kind, value) on conflict do nothing;
insert into import_rejection
select line, 'onu_serial: ''' || r.onu_serial || ''' UNI ' || coalesce(r.uni, 1) || ' is the line of ' || line_holder(l.id)
       || ' already'
from import_row r join access_line l on l.onu_serial = r.onu_serial and coalesce(l.uni, 1) = coalesce(r.uni, 1)
on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;
delete from import_identifier r using import_rejection j where r.line = j.line;
insert into import_rejection
select line, replace(kind, '-', '_') || ': ' || identifier_text(kind, value) || ' stands in line ' || first
       || ' of this file already'
from (select line, kind, value, first_value(line) over (partition by access_node_id, kind, value order by line) first
      from import_identifier) same
where line > first on conflict do nothing;
insert into import_rejection
select line, 'onu_serial: ''' || onu_serial || ''' UNI ' || uni || ' stands in line ' || first || ' of this file already'
from (select line, onu_serial, coalesce(uni, 1) uni,
             first_value(line) over (partition by onu_serial, coalesce(uni, 1) order by line) first
      from import_row where onu_serial is not null) same
where line > first on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;
delete from import_identifier r using import_rejection j where r.line = j.line;

-- VLAN pairs of one line each
insert into import_rejection
select r.line, 'c_vlan: VLANs ' || r.s_vlan || '.' || r.c_vlan || ' belong to ' || service_holder(v.service_id)
from import_row r join service_vlan v on v.model = 'dedicated' and v.vlan_domain_id = r.vlan_domain_id
     and v.s_vlan = r.s_vlan and coalesce(v.c_vlan, 0) = r.c_vlan
on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;
insert into import_rejection
select line, 'c_vlan: VLANs ' || s_vlan || '.' || c_vlan || ' stand in line ' || first || ' of this file already'
from (select line, s_vlan, c_vlan,
             first_value(line) over (partition by vlan_domain_id, s_vlan, c_vlan order by line) first
      from import_row where c_vlan is not null) same
where line > first on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;

-- VLANs that cannot be had: excluded, used in the other model, another tenant's, not kept apart at the access node, full
insert into import_rejection
select r.line, 's_vlan: ' || vlan_text(r.s_vlan, r.c_vlan) || ' is excluded' || coalesce(': ' || e.note, '')
from import_row r join vlan_exclusion e
     on e.vlan_domain_id = r.vlan_domain_id and int4range(e.s_first, e.s_last, '[]') @> r.s_vlan
     and int4range(e.c_first, e.c_last, '[]') @> coalesce(r.c_vlan, 0)
on conflict do nothing;
insert into import_rejection
select r.line, 's_vlan: ' || taken.sentence
from import_row r join (
         select u.vlan_domain_id, u.s_vlan, m.is_shared,
                vlan_mixed(u.vlan_domain_id, u.s_vlan, case when m.is_shared then 'shared' else 'dedicated' end) as sentence
         from vlan_use u, (values (true), (false)) m (is_shared)
         where case when m.is_shared then u.dedicated else u.shared end > 0
           and (u.vlan_domain_id, u.s_vlan) in (select vlan_domain_id, s_vlan from import_row)) taken
     on taken.vlan_domain_id = r.vlan_domain_id and taken.s_vlan = r.s_vlan and taken.is_shared = (r.c_vlan is null)
on conflict do nothing;
insert into import_rejection
select r.line, 's_vlan: S-VLAN ' || r.s_vlan || ' is in the pool ' || p.name || ', which is ' || p.model
from import_row r join vlan_range v
     on v.vlan_domain_id = r.vlan_domain_id and int4range(v.s_first, v.s_last, '[]') @> r.s_vlan
     and (v.model = 'shared') <> (r.c_vlan is null)
     join vlan_pool p on p.id = v.pool_id
on conflict do nothing;
insert into import_rejection
select r.line, 's_vlan: ' || vlan_text(r.s_vlan, r.c_vlan) || ' is in the pool ' || p.name || ' of the tenant ' || t.name
from import_row r join vlan_range v
     on v.vlan_domain_id = r.vlan_domain_id and int4range(v.s_first, v.s_last, '[]') @> r.s_vlan
     and (v.model = 'shared') = (r.c_vlan is null) and int4range(v.c_first, v.c_last, '[]') @> coalesce(r.c_vlan, 0)
     join vlan_pool p on p.id = v.pool_id join tenant t on t.id = p.tenant_id
where t.id <> r.tenant_id on conflict do nothing;
insert into import_rejection
select r.line, 's_vlan: the access node ''' || n.name || ''' does not keep lines in one S-VLAN apart'
from import_row r join access_node n on n.id = r.access_node_id
where not n.shared_vlans and r.s_vlan is not null and r.c_vlan is null on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;
insert into import_rejection
select line, 's_vlan: S-VLAN ' || s_vlan || case when is_shared then ' has pairs of one line each' else ' is shared' end
       || ' from line ' || first || ' of this file on'
from (select line, s_vlan, c_vlan is null as is_shared,
             first_value(line) over (partition by vlan_domain_id, s_vlan order by line) as first,
             first_value(c_vlan is null) over (partition by vlan_domain_id, s_vlan order by line) as shared_first
      from import_row where s_vlan is not null) same
where is_shared <> shared_first on conflict do nothing;
insert into import_rejection
select r.line, 's_vlan: S-VLAN ' || r.s_vlan || ' of the pool ' || p.name || ' is full: it takes no more than ' || u.lines_limit
from (select line, vlan_domain_id, s_vlan, row_number() over (partition by vlan_domain_id, s_vlan order by line) as place
      from import_row where s_vlan is not null and c_vlan is null) r
     join vlan_use u using (vlan_domain_id, s_vlan) join vlan_pool p on p.id = u.pool_id
where r.place > u.room on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;

-- Addresses and prefixes
insert into import_prefix
select line, service_id, 'ipv4-address', ipv4, ipv4_netmask from import_row where ipv4 is not null
union all select line, service_id, 'ipv6-wan-prefix', ipv6_wan_prefix, null from import_row where ipv6_wan_prefix is not null
union all select line, service_id, 'ipv6-wan-address', ipv6_wan_address, null
          from import_row where ipv6_wan_address is not null
union all select line, service_id, 'ipv6-delegated-prefix', ipv6_delegated, null
          from import_row where ipv6_delegated is not null
union all select line, service_id, 'ipv4-route', unnest(ipv4_routes), null from import_row where ipv4_routes is not null;
analyze import_prefix;
insert into import_rejection
select p.line, p.kind || ': ' || text(p.prefix) || ' overlaps ' || text(held.prefix) || ' of '
       || service_holder(held.service_id)
from import_prefix p join service_prefix held
     on held.vrf_id = (select id from vrf where name = 'default') and held.prefix && p.prefix
on conflict do nothing;

-- In a pool only what is free: not what is held, of which some may be due, and not a whole block or more
delete from address_hold h using import_prefix p
where h.until <= clock_timestamp() and h.reason <> 'reserved' and h.prefix && p.prefix
      and h.vrf_id = (select id from vrf where name = 'default')
      and h.pool_id in (select id from address_pool where authority <> 'netbox');
insert into import_rejection
select p.line, p.kind || ': ' || text(p.prefix) || ' is not free, ' || address_holder(h.vrf_id, p.prefix)
from import_prefix p join address_hold h
     on h.vrf_id = (select id from vrf where name = 'default') and h.prefix && p.prefix
on conflict do nothing;
insert into import_rejection
select p.line, p.kind || ': ' || text(p.prefix) || ' contains ' || text(b.prefix) || ' of the pool ' || l.name
from import_prefix p join address_block b
     on b.vrf_id = (select id from vrf where name = 'default') and b.prefix << p.prefix
     join address_pool l on l.id = b.pool_id
on conflict do nothing;
delete from import_prefix r using import_rejection j where r.line = j.line;

-- Sorted by their first address, two prefixes overlap when one begins before all earlier ones have ended. Those of one row
-- may: a WAN address lies in its WAN prefix.
with bounded as (
    select line, kind, prefix, family(prefix) as family,
           set_masklen(prefix::inet, case family(prefix) when 4 then 32 else 128 end) as first_address,
           set_masklen(broadcast(prefix), case family(prefix) when 4 then 32 else 128 end) as last_address
    from import_prefix
), swept as (
    select *, max(last_address) over (partition by family order by first_address, masklen(prefix), line
                  rows between unbounded preceding and 1 preceding) as reached
    from bounded
), suspect as (
    select line, kind, prefix from swept where reached >= first_address
)
insert into import_rejection
select greatest(s.line, other.line),
       s.kind || ': ' || text(s.prefix) || ' overlaps ' || text(other.prefix) || ' in line ' || least(s.line, other.line)
           || ' of this file'
from suspect s join import_prefix other on other.prefix && s.prefix and other.line <> s.line
on conflict do nothing;
delete from import_row r using import_rejection j where r.line = j.line;
delete from import_prefix r using import_rejection j where r.line = j.line;
delete from import_identifier r using import_rejection j where r.line = j.line;
