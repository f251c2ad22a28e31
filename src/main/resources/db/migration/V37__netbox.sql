-- What NetBox gave, so that its object is known again when somebody changes it there. Whose it is in the ledger says the ledger
-- (service_prefix, service_vlan); here it says whose it was meant to be.
create table netbox_given (
    object_type text   not null check (object_type in ('ip-address', 'prefix', 'vlan')),
    netbox_id   bigint not null,
    claim_key   text   not null,
    service_id  bigint not null,
    -- One of service_prefix, or vlan.
    kind        text   not null,
    -- An address_pool, or for a VLAN a vlan_pool.
    pool_id     bigint not null,
    -- The address without its length, the prefix, or the number of the VLAN.
    value       text   not null,
    primary key (object_type, netbox_id)
);
create index netbox_given_key on netbox_given (claim_key);
create index netbox_given_value on netbox_given (pool_id, value);

-- VLANs that NetBox is asked to choose: as address_claim for addresses. Gone with the commit of the binding.
create table netbox_vlan_claim (
    id           bigint generated always as identity primary key,
    key          uuid        not null unique default gen_random_uuid(),
    pool_id      bigint      not null references vlan_pool on delete cascade,
    -- It may be gone.
    service_id   bigint      not null,
    -- null until NetBox has answered.
    vid          integer,
    leased_until timestamptz not null,
    created_by   text        not null,
    created_at   timestamptz not null default now(),
    unique (service_id, pool_id)
);

-- VLANs that no service has any more, whoever took them away: NetBox gets them back.
create table netbox_let_go (
    object_type text   not null,
    netbox_id   bigint not null,
    at          timestamptz not null default now(),
    primary key (object_type, netbox_id)
);
create function netbox_vlan_let_go() returns trigger language plpgsql as $$
begin
    insert into netbox_let_go (object_type, netbox_id)
    select object_type, netbox_id from netbox_given
    where object_type = 'vlan' and service_id = old.service_id and pool_id = old.pool_id
      and value = coalesce(old.c_vlan, old.s_vlan)::text
    on conflict do nothing;
    return old;
end $$;
create trigger netbox_vlan_let_go after delete on service_vlan
    for each row when (old.pool_id is not null) execute function netbox_vlan_let_go();
create trigger netbox_vlan_moved after update on service_vlan
    for each row when (old.pool_id is not null and old.pool_id is distinct from new.pool_id)
    execute function netbox_vlan_let_go();

-- What NetBox gave and the ledger cannot assign, since it holds it: it stays taken there, so that NetBox gives something else,
-- until the ledger lets go of it.
create table netbox_parked (
    object_type text   not null,
    netbox_id   bigint not null,
    claim_key   text   not null,
    pool_id     bigint not null references address_pool on delete cascade,
    prefix      cidr   not null,
    parked_at   timestamptz not null default now(),
    primary key (object_type, netbox_id)
);

-- From where the blocks of a pool with the authority netbox-block, or the parents of one with netbox, are taken.
create table netbox_source (
    pool_id bigint not null references address_pool on delete cascade,
    -- prefix: one, by its id. role, tag: all that have it, by its slug.
    kind    text   not null check (kind in ('prefix', 'range', 'role', 'tag')),
    value   text   not null,
    primary key (pool_id, kind, value)
);

-- Objects that somebody changed in NetBox, each looked at again when its turn comes; many changes of one are one.
create table netbox_inbox (
    object_type text        not null,
    netbox_id   bigint      not null,
    -- As its custom fields said before: of one that is deleted nothing else is left.
    claim_key   text,
    service     text,
    heard_by    text        not null check (heard_by in ('webhook', 'poll', 'sync')),
    heard_at    timestamptz not null default now(),
    due_at      timestamptz not null default now(),
    attempts    integer     not null default 0,
    -- Grows with each change, so that one that comes while it is looked at is not lost.
    version     integer     not null default 1,
    reason      text,
    primary key (object_type, netbox_id)
);
create index netbox_inbox_due on netbox_inbox (due_at);

-- The one row of what is known of NetBox's side.
create table netbox_state (
    only_row           boolean primary key default true check (only_row),
    -- Of object-changes; null before the first poll.
    cursor             bigint,
    polled_at          timestamptz,
    swept_at           timestamptz,
    -- Until then deletions above the limit are let through.
    deletions_approved_until timestamptz
);
insert into netbox_state default values;

-- Others' addresses in our blocks: the hold goes when they do.
create table netbox_foreign (
    object_type text   not null,
    netbox_id   bigint not null,
    hold_id     bigint not null references address_hold on delete cascade,
    primary key (object_type, netbox_id)
);
create index netbox_foreign_hold on netbox_foreign (hold_id);

-- Where NetBox and the ledger disagree and a person must say who is right.
create table netbox_conflict (
    id           bigint generated always as identity primary key,
    kind         text        not null check (kind in
        ('object-in-the-way', 'deleted-in-netbox', 'value-refused', 'block-removed', 'block-refused', 'foreign-in-use')),
    object_type  text        not null,
    -- null for what is not there.
    netbox_id    bigint,
    service_id   bigint,
    pool_id      bigint,
    claim_key    text,
    ledger_value text,
    netbox_value text,
    -- A sentence.
    reason       text        not null,
    state        text        not null default 'open' check (state in ('open', 'ledger-kept', 'netbox-taken', 'dismissed', 'gone')),
    seen_at      timestamptz not null default now(),
    created_at   timestamptz not null default now(),
    resolved_at  timestamptz,
    resolved_by  text
);
create unique index netbox_conflict_open on netbox_conflict
    (kind, object_type, coalesce(netbox_id, 0), coalesce(service_id, 0), coalesce(pool_id, 0), coalesce(ledger_value, ''))
    where state = 'open';
create index netbox_conflict_service on netbox_conflict (service_id) where service_id is not null;
