-- What services draw from. Whatever lies in a pool is in exactly one place: free, assigned to a service, or held. Triggers keep
-- it so, whoever writes the rows; what is not free cannot be assigned, by the API, an import or by hand.

alter table event add column reason text;

create table address_pool (
    id              bigint generated always as identity primary key,
    name            text     not null unique,
    -- null: for the services of every tenant
    tenant_id       bigint   references tenant,
    vrf_id          bigint   not null references vrf,
    kind            text     not null check (kind in
        ('ipv4-address', 'ipv6-wan-prefix', 'ipv6-wan-address', 'ipv6-delegated-prefix')),
    -- What is assigned when no other length is asked for.
    assigned_length smallint not null,
    -- Told with an ipv4-address (Framed-IP-Netmask, option 1).
    netmask_length  smallint check (netmask_length between 1 and 32),
    -- How long nobody gets what was released.
    cool_down_s     integer  not null default 0 check (cool_down_s >= 0),
    -- local: NetBox, when there is one, is a projection. netbox: NetBox chooses, and its value wins. netbox-block: the blocks are
    -- NetBox's, what is in them is assigned here and mirrored there.
    authority       text     not null default 'local' check (authority in ('local', 'netbox', 'netbox-block')),
    check ((kind = 'ipv4-address') = (assigned_length <= 32 and kind like 'ipv4-%')),
    check (kind <> 'ipv4-address' or assigned_length = 32),
    check (kind <> 'ipv6-wan-address' or assigned_length = 128),
    check (kind <> 'ipv6-wan-prefix' or assigned_length = 64),
    check (kind <> 'ipv6-delegated-prefix' or assigned_length between 48 and 64),
    check (netmask_length is null or kind = 'ipv4-address'),
    unique (id, vrf_id)
);

create table address_block (
    id        bigint generated always as identity primary key,
    pool_id   bigint not null,
    vrf_id    bigint not null,
    prefix    cidr   not null,
    -- The prefix or range in NetBox that it stands for.
    netbox_id bigint,
    foreign key (pool_id, vrf_id) references address_pool (id, vrf_id),
    constraint address_block_no_overlap exclude using gist (prefix inet_ops with &&, vrf_id with =)
);
create index address_block_pool on address_block (pool_id);

-- What nobody has, in as few and as large prefixes as possible (a buddy system): two free halves are one free whole. The next
-- of any length is the smallest that is large enough, cut into halves: O(log n), however full the pool is.
create table address_free (
    block_id bigint not null references address_block on delete cascade,
    pool_id  bigint not null,
    prefix   cidr   not null,
    primary key (block_id, prefix)
);
create index address_free_length on address_free (pool_id, masklen(prefix) desc, prefix);

-- What is in a pool and neither free nor assigned.
create table address_hold (
    id         bigint generated always as identity primary key,
    block_id   bigint      not null references address_block on delete cascade,
    pool_id    bigint      not null references address_pool,
    vrf_id     bigint      not null references vrf,
    prefix     cidr        not null,
    -- reserved: a part that is never assigned. reservation: kept for somebody, until then. cool-down: released lately.
    -- renumbered: a former prefix, kept until its lifetimes have ended (RFC 9096). revoking: taken from its service, and not yet
    -- let go by every NAS, device and NetBox. foreign: somebody else's in NetBox. in-use: seen in use by somebody else.
    reason     text        not null check (reason in
        ('reserved', 'reservation', 'cool-down', 'renumbered', 'revoking', 'foreign', 'in-use')),
    -- Whose it was, or for whom it is kept; it may be gone.
    service_id bigint,
    kind       text,
    -- When it becomes free; null: not by itself.
    until      timestamptz,
    note       text,
    created_at timestamptz not null default now(),
    created_by text        not null default 'hub',
    constraint address_hold_no_overlap exclude using gist (prefix inet_ops with &&, vrf_id with =)
);
create index address_hold_until on address_hold (until) where until is not null;
create index address_hold_service on address_hold (service_id) where service_id is not null;
create index address_hold_pool on address_hold (pool_id, reason, prefix);

-- pool_id: where it was taken from; null when from no pool.
alter table service_prefix
    add column pool_id     bigint references address_pool,
    add column assigned_at timestamptz not null default now();
create index service_prefix_pool on service_prefix (pool_id, prefix) where pool_id is not null;

-- What was assigned and is no more; what is assigned now stands in service_prefix, since assigned_at.
create table address_history (
    id            bigint generated always as identity primary key,
    vrf_id        bigint      not null,
    prefix        cidr        not null,
    kind          text        not null,
    service_id    bigint      not null,
    subscriber_id bigint,
    -- As an operator knew the service then.
    holder        text,
    assigned_at   timestamptz not null,
    released_at   timestamptz not null default clock_timestamp()
);
-- By equality with each prefix that may contain what is asked for, and by range for what lies in it.
create index address_history_prefix on address_history (prefix, released_at);
create index address_history_service on address_history (service_id, released_at);
create function history_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end $$;
create trigger address_history_append_only before update or delete or truncate on address_history
    for each statement execute function history_is_append_only();

-- The two halves of a prefix, and the half beside one.
create function lower_half(whole cidr) returns cidr language sql immutable strict as $$
    select set_masklen(whole, masklen(whole) + 1)
$$;
create function upper_half(whole cidr) returns cidr language sql immutable strict as $$
    select network(set_masklen(broadcast(whole::inet), masklen(whole) + 1))
$$;
create function whole_of(half cidr) returns cidr language sql immutable strict as $$
    select set_masklen(half, masklen(half) - 1)
$$;
create function other_half(half cidr) returns cidr language sql immutable strict as $$
    select case when lower_half(whole_of(half)) = half then upper_half(whole_of(half)) else lower_half(whole_of(half)) end
$$;
-- A prefix and all that contain it, down to a length.
create function containing(inner_prefix cidr, shortest integer) returns cidr[] language sql immutable strict as $$
    select array_agg(set_masklen(inner_prefix, length))
    from generate_series(shortest, masklen(inner_prefix)) as length
$$;

-- Who has what overlaps a prefix of a block, as a sentence.
create function address_holder(in_vrf bigint, wanted cidr) returns text language sql stable as $$
    select coalesce(
        (select text(p.prefix) || ' belongs to ' || coalesce(service_holder(p.service_id), 'service ' || p.service_id)
         from service_prefix p where p.prefix && wanted and p.vrf_id = in_vrf limit 1),
        (select text(h.prefix) || ' is held (' || h.reason || coalesce(', ' || h.note, '')
                || coalesce(', until ' || to_char(h.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '') || ')'
         from address_hold h where h.prefix && wanted and h.vrf_id = in_vrf limit 1),
        'somebody has it')
$$;

-- Takes a prefix out of what is free. Of two that want it at once, one waits for the other and then looks again.
create function address_take(in_block address_block, wanted cidr) returns void language plpgsql as $$
declare
    found_free cidr;
begin
    loop
        select f.prefix into found_free from address_free f
        where f.block_id = in_block.id and f.prefix = any (containing(wanted, masklen(in_block.prefix)));
        if not found then
            raise exception '% is not free: %', wanted, address_holder(in_block.vrf_id, wanted)
                using errcode = 'exclusion_violation', constraint = 'address_free', table = 'address_free';
        end if;
        delete from address_free where block_id = in_block.id and prefix = found_free;
        exit when found;
    end loop;
    while found_free <> wanted loop
        if lower_half(found_free) >>= wanted then
            insert into address_free values (in_block.id, in_block.pool_id, upper_half(found_free));
            found_free := lower_half(found_free);
        else
            insert into address_free values (in_block.id, in_block.pool_id, lower_half(found_free));
            found_free := upper_half(found_free);
        end if;
    end loop;
end $$;

-- Makes a prefix free again. One at a time in a block: two neighbours that were freed at once would not find each other.
create function address_give(in_block address_block, freed cidr) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(30, in_block.id::integer);
    while masklen(freed) > masklen(in_block.prefix) loop
        delete from address_free where block_id = in_block.id and prefix = other_half(freed);
        exit when not found;
        freed := whole_of(freed);
    end loop;
    insert into address_free values (in_block.id, in_block.pool_id, freed);
end $$;

-- What is next in a pool, kept for this transaction; null when nothing of this length is left.
create function address_next(in_pool bigint, wanted_length integer) returns cidr language plpgsql as $$
declare
    found_free cidr;
begin
    select prefix into found_free from address_free
    where pool_id = in_pool and masklen(prefix) <= wanted_length
    order by masklen(prefix) desc, prefix limit 1 for update skip locked;
    if not found then
        -- Others have a hand on all that is left: one after the other, each seeing what the one before has done.
        perform pg_advisory_xact_lock(31, in_pool::integer);
        select prefix into found_free from address_free
        where pool_id = in_pool and masklen(prefix) <= wanted_length
        order by masklen(prefix) desc, prefix limit 1 for update;
        while not found and exists (select from address_free where pool_id = in_pool and masklen(prefix) <= wanted_length) loop
            select prefix into found_free from address_free
            where pool_id = in_pool and masklen(prefix) <= wanted_length
            order by masklen(prefix) desc, prefix limit 1 for update;
        end loop;
    end if;
    return set_masklen(found_free, wanted_length);
end $$;

create function address_block_is_free() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if exists (select from service_prefix where pool_id = old.pool_id and prefix <<= old.prefix)
           or exists (select from address_hold where block_id = old.id and reason <> 'reserved') then
            raise exception '% is in use: %', old.prefix, address_holder(old.vrf_id, old.prefix)
                using errcode = 'restrict_violation', constraint = 'address_block_in_use', table = 'address_block';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' then
        if (old.prefix, old.pool_id, old.vrf_id) is distinct from (new.prefix, new.pool_id, new.vrf_id) then
            raise exception 'A block is never moved; add another one';
        end if;
        return new;
    end if;
    -- Whoever assigns meanwhile waits, and then sees the block.
    lock table service_prefix in share row exclusive mode;
    if exists (select from service_prefix where vrf_id = new.vrf_id and prefix >> new.prefix) then
        raise exception '% lies within what is assigned: %', new.prefix, address_holder(new.vrf_id, new.prefix)
            using errcode = 'exclusion_violation', constraint = 'address_block_under_service', table = 'address_block';
    end if;
    insert into address_free values (new.id, new.pool_id, new.prefix);
    -- What is assigned in it already.
    update service_prefix set pool_id = new.pool_id where vrf_id = new.vrf_id and prefix <<= new.prefix;
    perform address_take(new, outermost.prefix)
    from (select distinct p.prefix from service_prefix p
          where p.vrf_id = new.vrf_id and p.prefix <<= new.prefix
            and not exists (select from service_prefix o where o.service_id = p.service_id and o.vrf_id = p.vrf_id
                            and o.prefix >> p.prefix)) outermost;
    return new;
end $$;
create trigger address_block_made after insert on address_block for each row execute function address_block_is_free();
create trigger address_block_kept before update or delete on address_block
    for each row execute function address_block_is_free();

-- A service's prefix leaves the free ones, and a prefix that is in no pool says so. Of prefixes of one service within each other
-- the outermost counts.
create function service_prefix_taken() returns trigger language plpgsql as $$
declare
    in_block address_block;
    inner_prefix cidr;
begin
    select * into in_block from address_block where prefix && new.prefix and vrf_id = new.vrf_id limit 1;
    if not found then
        if new.pool_id is not null then
            raise exception '% is not in the pool %', new.prefix, (select name from address_pool where id = new.pool_id)
                using errcode = 'check_violation', constraint = 'service_prefix_in_pool', table = 'service_prefix';
        end if;
        return new;
    end if;
    if in_block.prefix << new.prefix then
        raise exception '% contains % of the pool %', new.prefix, in_block.prefix,
                (select name from address_pool where id = in_block.pool_id)
            using errcode = 'exclusion_violation', constraint = 'service_prefix_over_pool', table = 'service_prefix';
    end if;
    if new.pool_id is not null and new.pool_id <> in_block.pool_id then
        raise exception '% is not in the pool % but in %', new.prefix,
                (select name from address_pool where id = new.pool_id),
                (select name from address_pool where id = in_block.pool_id)
            using errcode = 'check_violation', constraint = 'service_prefix_in_pool', table = 'service_prefix';
    end if;
    new.pool_id := in_block.pool_id;
    if exists (select from service_prefix where service_id = new.service_id and vrf_id = new.vrf_id
               and prefix >>= new.prefix) then
        return new;
    end if;
    for inner_prefix in select distinct p.prefix from service_prefix p
                 where p.service_id = new.service_id and p.vrf_id = new.vrf_id and p.prefix << new.prefix
                   and not exists (select from service_prefix o where o.service_id = p.service_id and o.vrf_id = p.vrf_id
                                   and o.prefix >> p.prefix) loop
        perform address_give(in_block, inner_prefix);
    end loop;
    perform address_take(in_block, new.prefix);
    return new;
end $$;
create trigger service_prefix_taken before insert on service_prefix
    for each row execute function service_prefix_taken();

-- What a service no longer has is history, and cools down where its pool says so.
create function service_prefix_released() returns trigger language plpgsql as $$
declare
    in_block address_block;
    cool_down integer;
    inner_prefix cidr;
    is_partly_kept boolean := false;
begin
    insert into address_history (vrf_id, prefix, kind, service_id, subscriber_id, holder, assigned_at)
    values (old.vrf_id, old.prefix, old.kind, old.service_id,
            (select subscriber_id from service where id = old.service_id), service_holder(old.service_id), old.assigned_at);
    if old.pool_id is null or exists (
            select from service_prefix where service_id = old.service_id and vrf_id = old.vrf_id and id <> old.id
            and prefix >>= old.prefix) then
        return old;
    end if;
    select * into strict in_block from address_block
    where pool_id = old.pool_id and prefix >>= old.prefix and vrf_id = old.vrf_id;
    perform address_give(in_block, old.prefix);
    for inner_prefix in select distinct p.prefix from service_prefix p
                 where p.service_id = old.service_id and p.vrf_id = old.vrf_id and p.prefix << old.prefix
                   and not exists (select from service_prefix o where o.service_id = p.service_id and o.vrf_id = p.vrf_id
                                   and o.id <> old.id and o.prefix >> p.prefix) loop
        perform address_take(in_block, inner_prefix);
        is_partly_kept := true;
    end loop;
    select cool_down_s into cool_down from address_pool where id = old.pool_id;
    if cool_down > 0 and not is_partly_kept then
        insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, service_id, kind, until)
        values (in_block.id, in_block.pool_id, in_block.vrf_id, old.prefix, 'cool-down', old.service_id, old.kind,
                clock_timestamp() + make_interval(secs => cool_down));
    end if;
    return old;
end $$;
create trigger service_prefix_released before delete on service_prefix
    for each row execute function service_prefix_released();

create function service_prefix_is_never_moved() returns trigger language plpgsql as $$
begin
    raise exception 'An assignment is never moved: release it and assign another';
end $$;
create trigger service_prefix_never_moved before update on service_prefix for each row
    when ((old.service_id, old.vrf_id, old.kind, old.prefix) is distinct from (new.service_id, new.vrf_id, new.kind, new.prefix))
    execute function service_prefix_is_never_moved();

create function address_hold_taken() returns trigger language plpgsql as $$
declare
    in_block address_block;
begin
    select * into in_block from address_block where id = coalesce(new.block_id, old.block_id);
    if tg_op = 'DELETE' then
        if found then
            perform address_give(in_block, old.prefix);
        end if;
        return old;
    end if;
    if not in_block.prefix >>= new.prefix then
        raise exception '% is not in %', new.prefix, in_block.prefix
            using errcode = 'check_violation', constraint = 'address_hold_in_block', table = 'address_hold';
    end if;
    new.pool_id := in_block.pool_id;
    new.vrf_id := in_block.vrf_id;
    perform address_take(in_block, new.prefix);
    return new;
end $$;
create trigger address_hold_taken before insert or delete on address_hold
    for each row execute function address_hold_taken();
create trigger address_hold_never_moved before update on address_hold for each row
    when ((old.block_id, old.prefix) is distinct from (new.block_id, new.prefix))
    execute function service_prefix_is_never_moved();

-- VLANs. A dedicated pool has pairs (S, C), or single tags where c is 0; of a shared one each S-VLAN takes so many lines.
create table vlan_pool (
    id              bigint  generated always as identity primary key,
    name            text    not null unique,
    tenant_id       bigint  references tenant,
    vlan_domain_id  bigint  not null references vlan_domain,
    model           text    not null check (model in ('dedicated', 'shared')),
    -- Of a shared pool: how many services may live in one S-VLAN.
    lines_a_vlan    integer check (lines_a_vlan > 0),
    authority       text    not null default 'local' check (authority in ('local', 'netbox')),
    -- The VLAN group in NetBox.
    netbox_group_id bigint,
    check ((model = 'shared') = (lines_a_vlan is not null)),
    check (authority = 'local' or netbox_group_id is not null),
    unique (id, vlan_domain_id, model)
);

-- S-VLANs and, of a dedicated Q-in-Q pool, C-VLANs; c is 0 to 0 where there is no inner tag. Both ends belong to it.
create table vlan_range (
    id             bigint  generated always as identity primary key,
    pool_id        bigint  not null,
    vlan_domain_id bigint  not null,
    model          text    not null,
    s_first        integer not null check (s_first between 1 and 4094),
    s_last         integer not null check (s_last between s_first and 4094),
    c_first        integer not null default 0 check (c_first between 0 and 4094),
    c_last         integer not null default 0 check (c_last between c_first and 4094),
    check (c_first > 0 or c_last = 0),
    check (model = 'dedicated' or c_last = 0),
    foreign key (pool_id, vlan_domain_id, model) references vlan_pool (id, vlan_domain_id, model),
    constraint vlan_range_no_overlap exclude using gist
        (vlan_domain_id with =, int4range(s_first, s_last, '[]') with &&, int4range(c_first, c_last, '[]') with &&)
);
create index vlan_range_pool on vlan_range (pool_id);

-- What nobody gets by itself: used by the network, or by somebody whom the ledger does not know.
create table vlan_exclusion (
    id             bigint  generated always as identity primary key,
    vlan_domain_id bigint  not null references vlan_domain,
    s_first        integer not null check (s_first between 1 and 4094),
    s_last         integer not null check (s_last between s_first and 4094),
    -- 0 to 4094: the whole S-VLAN.
    c_first        integer not null default 0 check (c_first between 0 and 4094),
    c_last         integer not null default 4094 check (c_last between c_first and 4094),
    note           text,
    constraint vlan_exclusion_no_overlap exclude using gist
        (vlan_domain_id with =, int4range(s_first, s_last, '[]') with &&, int4range(c_first, c_last, '[]') with &&)
);

alter table service_vlan
    add column pool_id     bigint references vlan_pool,
    -- Chosen for this service alone, and kept when its plan or pool changes.
    add column overridden  boolean     not null default false,
    add column assigned_at timestamptz not null default now();
create index service_vlan_pool on service_vlan (pool_id) where pool_id is not null;

-- What was bound and is no more.
create table vlan_history (
    id             bigint generated always as identity primary key,
    vlan_domain_id bigint      not null,
    model          text        not null,
    s_vlan         integer     not null,
    c_vlan         integer,
    service_id     bigint      not null,
    holder         text,
    assigned_at    timestamptz not null,
    released_at    timestamptz not null default clock_timestamp()
);
create index vlan_history_pair on vlan_history (vlan_domain_id, s_vlan, c_vlan, released_at);
create index vlan_history_service on vlan_history (service_id, released_at);
create trigger vlan_history_append_only before update or delete or truncate on vlan_history
    for each statement execute function history_is_append_only();

-- From where an activation takes what a service needs; null: nothing from a pool. (ipv4_pool, ipv6_wan_pool and
-- ipv6_delegated_pool name pools of the NAS, which this hub does not see into.)
alter table plan
    add column vlan_pool_id             bigint references vlan_pool,
    add column ipv4_address_pool_id     bigint references address_pool,
    add column ipv6_wan_pool_id         bigint references address_pool,
    add column ipv6_delegated_pool_id   bigint references address_pool,
    add column ipv6_mode                text not null default 'none'
        check (ipv6_mode in ('none', 'slaac', 'stateful', 'pd', 'dual_stack'));

-- Whose subscribers a token sees; null: everybody's. Of whom a subscriber's token tells.
alter table api_token
    add column tenant_id     bigint references tenant,
    add column subscriber_id bigint references subscriber on delete cascade;
