-- Where an import's rows wait, one row a line of the file, until they are checked and stored together.
set local work_mem = '128MB';
set local jit = off;
drop table if exists pg_temp.import_row, pg_temp.import_identifier, pg_temp.import_prefix, pg_temp.import_rejection;
create temporary table import_row (
    line               integer,
    tenant_id          bigint,
    user_name          text,
    scheme             text,
    sealed             bytea,
    external_id        text,
    access_node_id     bigint,
    canonical          text,
    circuit_id         bytea,
    remote_id          bytea,
    nas_port_id        bytea,
    mac                bytea,
    onu_serial         text,
    uni                integer,
    vlan_domain_id     bigint,
    s_vlan             integer,
    c_vlan             integer,
    plan_id            bigint,
    kind               text,
    state              text,
    expires_at         timestamptz,
    option82_policy    text,
    session_timeout_s  integer,
    cpe_id             text,
    ipv6_mode          text,
    ipv4               cidr,
    ipv4_netmask       smallint,
    ipv4_routes        cidr[],
    ipv6_wan_prefix    cidr,
    ipv6_wan_address   cidr,
    ipv6_delegated     cidr,
    subscriber_id      bigint default nextval('subscriber_id_seq'),
    line_id            bigint default nextval('access_line_id_seq'),
    service_id         bigint default nextval('service_id_seq')
) on commit drop;
create temporary table import_identifier (line integer, line_id bigint, access_node_id bigint, kind text, value bytea)
    on commit drop;
create temporary table import_prefix (line integer, service_id bigint, kind text, prefix cidr, netmask smallint)
    on commit drop;
create temporary table import_rejection (line integer primary key, reason text) on commit drop;
