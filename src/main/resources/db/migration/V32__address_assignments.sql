-- What the room of addresses adds to the pools: what is asked of NetBox, and what V30 did not yet do.

-- What NetBox was asked to choose from a pool whose authority it is. Committed before NetBox is called, and gone with the
-- commit of the assignment: what is left over was interrupted, and is resumed by the next who wants the same, or given back by
-- a sweep. One claim never has two resources, since NetBox keeps its key with what it gave.
create table address_claim (
    id              bigint generated always as identity primary key,
    key             uuid        not null unique default gen_random_uuid(),
    pool_id         bigint      not null references address_pool on delete cascade,
    -- It may be gone.
    service_id      bigint      not null,
    kind            text        not null,
    assigned_length smallint    not null,
    -- null: the next free.
    wanted          cidr,
    -- What NetBox gave; null until it has answered.
    prefix          cidr,
    -- Who works on it has until then.
    leased_until    timestamptz not null,
    created_by      text        not null,
    created_at      timestamptz not null default now()
);
create unique index address_claim_wish
    on address_claim (service_id, kind, pool_id, assigned_length, wanted) nulls not distinct;
create index address_claim_left on address_claim (leased_until);

-- How much of a pool was in use, now and then: what the forecast goes by.
create table address_pool_sample (
    pool_id bigint      not null references address_pool on delete cascade,
    at      timestamptz not null default now(),
    -- Total less free, in prefixes of the pool's length.
    used    numeric     not null,
    primary key (pool_id, at)
);

create index address_history_subscriber on address_history (subscriber_id, id) where subscriber_id is not null;

-- The last address of a prefix: where what lies in it ends, as PostgreSQL sorts.
create function address_last(whole cidr) returns cidr language sql immutable strict as $$
    select set_masklen(broadcast(whole), case family(whole) when 4 then 32 else 128 end)::cidr
$$;

-- What was assigned before V30 was so since its service was made: nothing could change an assignment then.
update service_prefix p set assigned_at = e.at
from event e where e.service_id = p.service_id and e.type = 'service-created';

-- Whoever removes a service leaves the history of its prefixes whole: once the row is gone, nobody knows whose they were.
create function service_lets_go() returns trigger language plpgsql as $$
begin
    delete from service_prefix where service_id = old.id;
    return old;
end $$;
create trigger service_lets_go before delete on service for each row execute function service_lets_go();

-- As V30 has it, and: what NetBox gave is kept until NetBox has let go of it.
create or replace function service_prefix_released() returns trigger language plpgsql as $$
declare
    in_block address_block;
    in_pool address_pool;
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
    select * into in_pool from address_pool where id = old.pool_id;
    if (in_pool.cool_down_s > 0 or in_pool.authority = 'netbox') and not is_partly_kept then
        insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, service_id, kind, until)
        values (in_block.id, in_block.pool_id, in_block.vrf_id, old.prefix,
                case when in_pool.cool_down_s > 0 then 'cool-down' else 'revoking' end, old.service_id, old.kind,
                clock_timestamp() + make_interval(secs => in_pool.cool_down_s));
    end if;
    return old;
end $$;

-- A block that is removed while somebody assigns from it would leave an assignment without a block: whoever removes waits for
-- those that assign, and whoever assigns meanwhile waits, and then finds no block.
create function address_block_awaits() returns trigger language plpgsql as $$
begin
    lock table service_prefix, address_hold in share row exclusive mode;
    return null;
end $$;
create trigger address_block_awaits before delete on address_block
    for each statement execute function address_block_awaits();
