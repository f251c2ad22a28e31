-- What NetBox chooses for a service. A row is committed before NetBox is asked, and its key goes with the question: whoever asks
-- again with the same row gets the same object.
create table netbox_claim (
    id              bigint generated always as identity primary key,
    key             text        not null unique,
    -- They may be gone; what was taken for them is given back then.
    service_id      bigint      not null,
    -- One of service_prefix, or vlan.
    kind            text        not null,
    address_pool_id bigint      references address_pool,
    vlan_pool_id    bigint      references vlan_pool,
    object_type     text        not null check (object_type in ('ip-address', 'prefix', 'vlan')),
    -- Of prefixes.
    length          smallint,
    netmask_length  smallint,
    -- claimed: NetBox is asked, or its answer is not yet committed. assigned: the service has it. abandoned: nobody wants it any
    -- more, it is given back when the ledger's hold on it ends. parked: the ledger cannot assign what NetBox chose; it stays
    -- taken there, so that NetBox chooses something else, until the ledger's reason is gone.
    state           text        not null default 'claimed' check (state in ('claimed', 'assigned', 'abandoned', 'parked')),
    netbox_id       bigint,
    -- The address with its length, the prefix, or the number of the VLAN.
    value           text,
    -- Who works on it has until then.
    leased_until    timestamptz,
    due_at          timestamptz not null default now(),
    reason          text,
    actor           text        not null,
    created_at      timestamptz not null default now(),
    check ((address_pool_id is null) <> (vlan_pool_id is null))
);
-- A service asks for one thing of a kind at a time: a repeated wish finds the claim of the first.
create unique index netbox_claim_open on netbox_claim (service_id, kind) where state in ('claimed', 'abandoned') and value is null;
create index netbox_claim_service on netbox_claim (service_id, kind);
create index netbox_claim_object on netbox_claim (object_type, netbox_id) where netbox_id is not null;
create index netbox_claim_due on netbox_claim (due_at) where state <> 'assigned';

-- Whoever releases it, by the API, with its service, or by hand: NetBox gets it back.
create function netbox_claim_released() returns trigger language plpgsql as $$
begin
    update netbox_claim set state = 'abandoned', due_at = clock_timestamp(), reason = 'It was released.'
    where service_id = old.service_id and kind = old.kind and state = 'assigned' and value = text(old.prefix)
      and address_pool_id = old.pool_id;
    return old;
end $$;
create trigger netbox_claim_released after delete on service_prefix
    for each row when (old.pool_id is not null) execute function netbox_claim_released();

create function netbox_vlan_claim_released() returns trigger language plpgsql as $$
begin
    update netbox_claim set state = 'abandoned', due_at = clock_timestamp(), reason = 'It was released.'
    where service_id = old.service_id and kind = 'vlan' and state = 'assigned' and vlan_pool_id = old.pool_id
      and value in (old.s_vlan::text, old.c_vlan::text);
    return old;
end $$;
create trigger netbox_vlan_claim_released after delete on service_vlan
    for each row when (old.pool_id is not null) execute function netbox_vlan_claim_released();
create trigger netbox_vlan_claim_moved after update on service_vlan
    for each row when (old.pool_id is not null
        and (old.pool_id, old.s_vlan, old.c_vlan) is distinct from (new.pool_id, new.s_vlan, new.c_vlan))
    execute function netbox_vlan_claim_released();

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
