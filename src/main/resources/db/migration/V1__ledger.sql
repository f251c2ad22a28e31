-- The ledger. What must never be true twice is a constraint here, not a check in code.
-- Columns named "sealed" hold AES-GCM ciphertext under the master key, each naming its key.
create extension if not exists btree_gist;

create table tenant (
    id          bigint generated always as identity primary key,
    name        text    not null unique,
    realms      text[]  not null default '{}',
    strip_realm boolean not null default true,
    fold_case   boolean not null default true
);

create table plan (
    id                  bigint generated always as identity primary key,
    tenant_id           bigint  not null references tenant,
    name                text    not null,
    rate_down_kbps      integer not null default 0 check (rate_down_kbps >= 0),
    rate_up_kbps        integer not null default 0 check (rate_up_kbps >= 0),
    session_timeout_s   integer not null default 0 check (session_timeout_s >= 0),
    idle_timeout_s      integer not null default 0 check (idle_timeout_s >= 0),
    interim_interval_s  integer not null default 0 check (interim_interval_s = 0 or interim_interval_s >= 60),
    option82_policy     text check (option82_policy in ('enforce', 'log', 'ignore', 'quarantine')),
    ipv4_pool           text,
    ipv6_wan_pool       text,
    ipv6_delegated_pool text,
    qos_profile         text,
    unique (tenant_id, name),
    unique (id, tenant_id)
);

create table nas_client (
    id                    bigint generated always as identity primary key,
    name                  text    not null unique,
    tenant_id             bigint  not null references tenant,
    address               cidr    not null unique,
    vendor                text    not null,
    message_authenticator text    not null default 'auto' check (message_authenticator in ('require', 'auto', 'off')),
    limit_proxy_state     boolean not null default true,
    option82_trusted      boolean not null default false,
    option82_policy       text    not null default 'enforce'
        check (option82_policy in ('enforce', 'log', 'ignore', 'quarantine')),
    line_authentication   text    not null default 'off'
        check (line_authentication in ('off', 'check-common-password', 'ignore-password')),
    common_password_sealed bytea,
    unknown_policy        text    not null default 'reject' check (unknown_policy in ('reject', 'quarantine', 'ignore')),
    suspended_policy      text    not null default 'reject' check (suspended_policy in ('reject', 'quarantine', 'ignore')),
    expired_policy        text    not null default 'reject' check (expired_policy in ('reject', 'quarantine', 'ignore')),
    port_template         text,
    reject_delay_ms       integer not null default 1000 check (reject_delay_ms between 0 and 5000)
);

-- Position 1 is the current secret, 2 the one that a rotation phases out.
create table nas_secret (
    id            bigint generated always as identity primary key,
    nas_client_id bigint   not null references nas_client on delete cascade,
    position      smallint not null check (position in (1, 2)),
    sealed        bytea    not null,
    last_used_at  timestamptz,
    unique (nas_client_id, position)
);

-- What `auto` has learned: this source address signs its requests.
create table nas_source (
    address                       inet primary key,
    message_authenticator_seen_at timestamptz not null
);

create table access_node (
    id            bigint generated always as identity primary key,
    name          text not null unique,
    nas_client_id bigint references nas_client,
    template      text not null default 'tr-101'
);

create table access_line (
    id                   bigint generated always as identity primary key,
    access_node_id       bigint not null references access_node,
    canonical_circuit_id text,
    onu_serial           text,
    uni                  integer check (uni > 0),
    unique (id, access_node_id)
);
create index access_line_canonical on access_line (access_node_id, canonical_circuit_id);
create unique index access_line_onu on access_line (onu_serial, coalesce(uni, 1)) where onu_serial is not null;

create table line_identifier (
    line_id        bigint not null,
    access_node_id bigint not null,
    kind           text   not null check (kind in ('circuit-id', 'remote-id', 'nas-port-id', 'mac')),
    value          bytea  not null check (length(value) between 1 and 255),
    primary key (access_node_id, kind, value),
    foreign key (line_id, access_node_id) references access_line (id, access_node_id) on delete cascade
);
create index line_identifier_line on line_identifier (line_id);

create table subscriber (
    id          bigint generated always as identity primary key,
    tenant_id   bigint      not null references tenant,
    external_id text        not null,
    created_at  timestamptz not null default now(),
    unique (tenant_id, external_id),
    unique (id, tenant_id)
);

create table service (
    id                bigint generated always as identity primary key,
    subscriber_id     bigint  not null,
    tenant_id         bigint  not null,
    line_id           bigint references access_line,
    kind              text    not null default 'internet' check (kind in ('internet', 'voice', 'video', 'wholesale')),
    plan_id           bigint  not null,
    state             text    not null default 'active' check (state in ('pending', 'active', 'suspended', 'terminated')),
    expires_at        timestamptz,
    option82_policy   text check (option82_policy in ('enforce', 'log', 'ignore', 'quarantine')),
    session_timeout_s integer not null default 0 check (session_timeout_s >= 0),
    cpe_id            text,
    ipv6_mode         text check (ipv6_mode in ('none', 'slaac', 'stateful', 'pd', 'dual_stack')),
    foreign key (subscriber_id, tenant_id) references subscriber (id, tenant_id),
    foreign key (plan_id, tenant_id) references plan (id, tenant_id),
    unique (id, tenant_id)
);
create index service_subscriber on service (subscriber_id);
create index service_line on service (line_id);
create index service_plan on service (plan_id);

-- user_name is normalised by the tenant's rules.
create table credential (
    service_id bigint primary key,
    tenant_id  bigint not null,
    user_name  text   not null,
    scheme     text   not null check (scheme in ('cleartext', 'nt-hash', 'bcrypt', 'pbkdf2-sha256')),
    sealed     bytea  not null,
    foreign key (service_id, tenant_id) references service (id, tenant_id) on delete cascade,
    unique (tenant_id, user_name)
);

create table vlan_domain (
    id   bigint generated always as identity primary key,
    name text not null unique
);

create table service_vlan (
    service_id     bigint primary key references service on delete cascade,
    vlan_domain_id bigint  not null references vlan_domain,
    model          text    not null check (model in ('dedicated', 'shared')),
    s_vlan         integer not null check (s_vlan between 1 and 4094),
    c_vlan         integer check (c_vlan between 1 and 4094)
);
create unique index service_vlan_dedicated
    on service_vlan (vlan_domain_id, s_vlan, coalesce(c_vlan, 0)) where model = 'dedicated';

create table vrf (
    id   bigint generated always as identity primary key,
    name text not null unique
);

-- Every address and prefix of a service; those of different services never overlap within a VRF.
create table service_prefix (
    id             bigint generated always as identity primary key,
    service_id     bigint not null references service on delete cascade,
    vrf_id         bigint not null references vrf,
    kind           text   not null check (kind in
        ('ipv4-address', 'ipv4-route', 'ipv6-wan-prefix', 'ipv6-wan-address', 'ipv6-delegated-prefix', 'ipv6-route')),
    prefix         cidr   not null,
    netmask_length smallint check (netmask_length between 1 and 32),
    check (kind like 'ipv4-%' = (family(prefix) = 4)),
    check (kind <> 'ipv4-address' or masklen(prefix) = 32),
    check (kind <> 'ipv6-wan-address' or masklen(prefix) = 128),
    check (netmask_length is null or kind = 'ipv4-address'),
    -- The prefix comes first: half the cost of an insert compared with the VRF first, which splits nothing.
    constraint service_prefix_no_overlap
        exclude using gist (prefix inet_ops with &&, vrf_id with =, service_id with <>)
);
-- One of each kind but routes, of which any number; also the way from a service to its prefixes.
create unique index service_prefix_single on service_prefix
    (service_id, kind, (case when kind in ('ipv4-route', 'ipv6-route') then prefix end)) nulls not distinct;

-- The one log of what changed, appended in the transaction that changes it, never altered. Readers follow it by
-- (xid, seq) below pg_snapshot_xmin(pg_current_snapshot()): sequence numbers alone are not commit-ordered.
create table event (
    seq        bigint generated always as identity primary key,
    xid        xid8        not null default pg_current_xact_id(),
    at         timestamptz not null default now(),
    actor      text        not null,
    type       text        not null,
    service_id bigint,
    subject_id bigint,
    detail     jsonb       not null default '{}'
);
create index event_feed on event (xid, seq);
create index event_service on event (service_id, seq) where service_id is not null;

create function event_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'events are append-only';
end $$;
create trigger event_append_only before update or delete or truncate on event
    for each statement execute function event_is_append_only();

-- Who holds a service, and a line, by the name that an operator knows: for the reason of a refusal.
create function service_holder(wanted bigint) returns text language sql stable as $$
    select coalesce(credential.user_name, subscriber.external_id)
    from service join subscriber on subscriber.id = service.subscriber_id
         left join credential on credential.service_id = service.id
    where service.id = wanted
$$;
create function line_holder(wanted bigint) returns text language sql stable as $$
    select coalesce((select service_holder(id) from service where line_id = wanted order by id limit 1),
                    'line ' || wanted)
$$;
create function identifier_text(kind text, value bytea) returns text language sql immutable as $$
    select case kind when 'mac' then trim(trailing ':' from regexp_replace(encode(value, 'hex'), '(..)', '\1:', 'g'))
                     else quote_literal(encode(value, 'escape')) end
$$;

insert into tenant (name) values ('default');
insert into vlan_domain (name) values ('default');
insert into vrf (name) values ('default');
insert into plan (tenant_id, name) select id, 'default' from tenant where name = 'default';
insert into access_node (name) values ('default');
