-- What of the VLANs is free, kept by the database itself: whoever binds, releases or excludes (the API, an import, plain SQL),
-- a position of a pool is in exactly one place, free, excluded or bound. A position is a pair (S, C) of a dedicated pool, with C 0
-- for a single tag; of a shared pool it is a line's place in an S-VLAN, which are only counted.

-- Whether the OLT keeps lines apart that share an S-VLAN. Under VOLTHA it does not: their downstream flows have one match.
alter table access_node add column shared_vlans boolean not null default true;

alter table vlan_history
    add column pool_id       bigint,
    add column subscriber_id bigint;
create index vlan_history_pool on vlan_history (pool_id, released_at) where pool_id is not null;
drop index service_vlan_pool;
create index service_vlan_pool on service_vlan (pool_id, assigned_at) where pool_id is not null;
create index service_vlan_shared on service_vlan (vlan_domain_id, s_vlan) where model = 'shared';

alter table vlan_range add constraint vlan_range_one_model
    exclude using gist (vlan_domain_id with =, int4range(s_first, s_last, '[]') with &&, model with <>);

-- One row an S-VLAN that is, was or may be used: how many live in it. Whoever changes anything in an S-VLAN locks its row first,
-- and several in the order of their numbers.
create table vlan_use (
    vlan_domain_id bigint  not null references vlan_domain on delete cascade,
    s_vlan         integer not null check (s_vlan between 1 and 4094),
    dedicated      integer not null default 0,
    shared         integer not null default 0,
    -- The shared pool that it is in, and how many lines that lets live in it; null when in none, or excluded.
    pool_id        bigint  references vlan_pool,
    lines_limit    integer,
    room           integer generated always as (lines_limit - shared) stored,
    primary key (vlan_domain_id, s_vlan)
);
create index vlan_use_room on vlan_use (pool_id, s_vlan) where room > 0;
insert into vlan_use (vlan_domain_id, s_vlan, dedicated, shared)
select vlan_domain_id, s_vlan, count(*) filter (where model = 'dedicated'), count(*) filter (where model = 'shared')
from service_vlan group by vlan_domain_id, s_vlan;

-- What is free of the dedicated ranges: as few and as long runs of C-VLANs as possible. Two that adjoin within a range are one.
create table vlan_free (
    vlan_domain_id bigint  not null,
    s_vlan         integer not null,
    c_first        integer not null,
    c_last         integer not null,
    range_id       bigint  not null,
    pool_id        bigint  not null,
    primary key (vlan_domain_id, s_vlan, c_last)
);
create index vlan_free_next on vlan_free (pool_id, s_vlan, c_last);

create type vlan_run as (
    vlan_domain_id bigint, s_vlan integer, c_first integer, c_last integer, range_id bigint, pool_id bigint);
-- A binding that says to be in a pool, or is in one.
create type vlan_place as (
    service_id bigint, vlan_domain_id bigint, model text, s_vlan integer, c_vlan integer, pool_id bigint, in_pool bigint);

create function vlan_text(s_vlan integer, c_vlan integer) returns text language sql immutable as $$
    select case when coalesce(c_vlan, 0) = 0 then 'S-VLAN ' || s_vlan else 'VLAN pair ' || s_vlan || '.' || c_vlan end
$$;

-- Who has a position, as a sentence without its end; null when nobody.
create function vlan_holder(in_domain bigint, s integer, c integer) returns text language sql stable as $$
    select coalesce(
        (select vlan_text(s_vlan, c_vlan) || ' belongs to ' || coalesce(service_holder(service_id), 'service ' || service_id)
         from service_vlan where vlan_domain_id = in_domain and s_vlan = s and coalesce(c_vlan, 0) = c and model = 'dedicated'),
        (select vlan_text(s_vlan, null) || ' is shared by lines such as that of '
                || coalesce(service_holder(service_id), 'service ' || service_id)
         from service_vlan where vlan_domain_id = in_domain and s_vlan = s and model = 'shared' limit 1))
$$;

-- Why lines of a model cannot live in an S-VLAN where those of the other do; null when none do.
create function vlan_mixed(in_domain bigint, s integer, wanted_model text) returns text language sql stable as $$
    select case wanted_model
        when 'dedicated' then (
            select 'S-VLAN ' || s || ' is shared by lines such as that of '
                   || coalesce(service_holder(service_id), 'service ' || service_id) || ', so no pair in it is for one line alone'
            from service_vlan where vlan_domain_id = in_domain and s_vlan = s and model = 'shared' limit 1)
        else (
            select 'S-VLAN ' || s || ' has pairs of one line each, such as ' || vlan_text(s_vlan, c_vlan) || ' of '
                   || coalesce(service_holder(service_id), 'service ' || service_id) || ', so it cannot be shared'
            from service_vlan where vlan_domain_id = in_domain and s_vlan = s and model = 'dedicated' limit 1)
    end
$$;

create function vlan_lock(in_domain bigint, s_first integer, s_last integer) returns void language plpgsql as $$
begin
    insert into vlan_use (vlan_domain_id, s_vlan) select in_domain, s from generate_series(s_first, s_last) s order by s
    on conflict do nothing;
    perform from vlan_use where vlan_domain_id = in_domain and s_vlan between s_first and s_last order by s_vlan for update;
end $$;

-- Takes runs out of what is free; what is not free is let pass. Each lies in one free run. The plan is the same whatever the
-- statistics of a table that has just been filled say, and made once: one look-up a run.
create function vlan_take(wanted vlan_run[]) returns void language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    with hit as materialized (
        select w.vlan_domain_id, w.s_vlan, w.c_first, w.c_last, f.c_last as free_last, f.range_id, f.pool_id,
               coalesce(lag(w.c_last) over in_run + 1, f.c_first) as gap_first, lead(w.c_last) over in_run is null as is_last
        from unnest(wanted) w cross join lateral (
            select * from vlan_free
            where vlan_domain_id = w.vlan_domain_id and s_vlan = w.s_vlan and c_last >= w.c_first order by c_last limit 1) f
        where f.c_first <= w.c_first
        window in_run as (partition by w.vlan_domain_id, w.s_vlan, f.c_last order by w.c_first)
    ), cut as (
        update vlan_free f set c_first = h.c_last + 1 from hit h
        where h.is_last and h.c_last < h.free_last
          and f.vlan_domain_id = h.vlan_domain_id and f.s_vlan = h.s_vlan and f.c_last = h.free_last
    ), used_up as (
        delete from vlan_free f using hit h
        where h.is_last and h.c_last = h.free_last
          and f.vlan_domain_id = h.vlan_domain_id and f.s_vlan = h.s_vlan and f.c_last = h.free_last
    )
    insert into vlan_free (vlan_domain_id, s_vlan, c_first, c_last, range_id, pool_id)
    select vlan_domain_id, s_vlan, gap_first, c_first - 1, range_id, pool_id from hit where gap_first < c_first;
end $$;

-- Makes runs free again, and one with what adjoins.
create function vlan_give(freed vlan_run[]) returns void language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    with piece as (
        select vlan_domain_id, s_vlan, c_first, c_last, range_id, pool_id, false as was_free from unnest(freed)
        union
        select f.vlan_domain_id, f.s_vlan, f.c_first, f.c_last, f.range_id, f.pool_id, true
        from unnest(freed) w cross join lateral (
            (select * from vlan_free
             where vlan_domain_id = w.vlan_domain_id and s_vlan = w.s_vlan and c_last = w.c_first - 1)
            union all
            (select * from vlan_free
             where vlan_domain_id = w.vlan_domain_id and s_vlan = w.s_vlan and c_last > w.c_last order by c_last limit 1)) f
        where f.range_id = w.range_id and (f.c_last = w.c_first - 1 or f.c_first = w.c_last + 1)
    ), joined as materialized (
        select *, count(*) filter (where begins) over (partition by range_id, s_vlan order by c_first) as whole
        from (select *, coalesce(c_first > lag(c_last) over (partition by range_id, s_vlan order by c_first) + 1, true) as begins
              from piece) p
    ), whole as materialized (
        select vlan_domain_id, s_vlan, range_id, pool_id, whole, min(c_first) as c_first, max(c_last) as c_last,
               (array_agg(was_free order by c_last desc))[1] as ends_free
        from joined group by vlan_domain_id, s_vlan, range_id, pool_id, whole
    ), absorbed as (
        delete from vlan_free f using (
            select j.vlan_domain_id, j.s_vlan, j.c_last from (
                select *, lead(true) over (partition by range_id, s_vlan, whole order by c_last) as is_inner from joined) j
            where j.was_free and j.is_inner) j
        where f.vlan_domain_id = j.vlan_domain_id and f.s_vlan = j.s_vlan and f.c_last = j.c_last
    ), grown as (
        update vlan_free f set c_first = w.c_first from whole w
        where w.ends_free and f.vlan_domain_id = w.vlan_domain_id and f.s_vlan = w.s_vlan and f.c_last = w.c_last
    )
    insert into vlan_free (vlan_domain_id, s_vlan, c_first, c_last, range_id, pool_id)
    select vlan_domain_id, s_vlan, c_first, c_last, range_id, pool_id from whole where not ends_free;
end $$;

-- What is next in a pool, kept for this transaction; no row when nothing is left. S-VLANs that others have a hand on are passed
-- over; when there is no other, one waits for the first and looks again.
create function vlan_next(in_pool bigint) returns table (s_vlan integer, c_vlan integer) language plpgsql as $$
declare
    domain_id bigint;
    pool_model text;
    s integer := 0;
    c integer;
    waits boolean := false;
begin
    select p.vlan_domain_id, p.model into domain_id, pool_model from vlan_pool p where p.id = in_pool;
    loop
        if pool_model = 'shared' then
            select u.s_vlan into s from vlan_use u where u.pool_id = in_pool and u.room > 0 and u.s_vlan > s
            order by u.s_vlan limit 1;
        else
            select f.s_vlan into s from vlan_free f where f.pool_id = in_pool and f.s_vlan > s
            order by f.s_vlan, f.c_last limit 1;
        end if;
        if not found then
            exit when waits;
            waits := true;
            s := 0;
            continue;
        end if;
        if waits then
            perform from vlan_use u where u.vlan_domain_id = domain_id and u.s_vlan = s for update;
        else
            perform from vlan_use u where u.vlan_domain_id = domain_id and u.s_vlan = s for update skip locked;
            continue when not found;
        end if;
        if pool_model = 'shared' then
            perform from vlan_use u
            where u.vlan_domain_id = domain_id and u.s_vlan = s and u.pool_id = in_pool and u.room > 0;
            c := null;
        else
            select f.c_first into c from vlan_free f where f.pool_id = in_pool and f.s_vlan = s order by f.c_last limit 1;
        end if;
        if found then
            return query select s, nullif(c, 0);
            return;
        end if;
    end loop;
end $$;

-- Bound, released, moved.

create function service_vlan_moved() returns trigger language plpgsql as $$
begin
    new.pool_id := null; -- found anew
    new.assigned_at := now();
    return new;
end $$;
create trigger service_vlan_moved before update on service_vlan for each row
    when ((old.service_id, old.vlan_domain_id, old.model, old.s_vlan, old.c_vlan)
          is distinct from (new.service_id, new.vlan_domain_id, new.model, new.s_vlan, new.c_vlan))
    execute function service_vlan_moved();

-- The pools of those that are in one. Whoever says to be in another than that is refused, and whose pool another tenant's is.
create function vlan_places(bound service_vlan[]) returns vlan_place[] language plpgsql
    set plan_cache_mode = force_generic_plan as $$
declare
    places vlan_place[];
    refused record;
begin
    select array_agg((b.service_id, b.vlan_domain_id, b.model, b.s_vlan, b.c_vlan, b.pool_id, r.pool_id)::vlan_place) into places
    from unnest(bound) b left join lateral (
        select pool_id from vlan_range
        where vlan_domain_id = b.vlan_domain_id and model = b.model and int4range(s_first, s_last, '[]') @> b.s_vlan
          and int4range(c_first, c_last, '[]') @> case b.model when 'shared' then 0 else coalesce(b.c_vlan, 0) end limit 1) r on true
    where b.pool_id is not null or r.pool_id is not null;
    select p.s_vlan, p.c_vlan, v.name into refused from unnest(places) p join vlan_pool v on v.id = p.pool_id
    where p.pool_id is distinct from p.in_pool and p.pool_id is not null limit 1;
    if found then
        raise exception '% is not in the pool %', vlan_text(refused.s_vlan, refused.c_vlan), refused.name
            using errcode = 'check_violation', constraint = 'service_vlan_in_pool', table = 'service_vlan';
    end if;
    if not exists (select from vlan_pool where tenant_id is not null) then
        return places;
    end if;
    select p.service_id, p.s_vlan, p.c_vlan, v.name, t.name as tenant into refused
    from unnest(places) p join vlan_pool v on v.id = p.in_pool join tenant t on t.id = v.tenant_id
         join service s on s.id = p.service_id
    where s.tenant_id <> t.id limit 1;
    if found then
        raise exception '% is in the pool % of the tenant %; % is of another one', vlan_text(refused.s_vlan, refused.c_vlan),
                refused.name, refused.tenant, coalesce(service_holder(refused.service_id), 'service ' || refused.service_id)
            using errcode = 'check_violation', constraint = 'service_vlan_of_tenant', table = 'service_vlan';
    end if;
    return places;
end $$;

-- Where it was taken from is not for anybody to choose: what does not say in which pool it is learns it.
create function vlan_adopt(places vlan_place[]) returns void language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    if exists (select from unnest(places) where pool_id is null) then
        update service_vlan v set pool_id = p.in_pool from unnest(places) p
        where p.pool_id is null and v.service_id = p.service_id;
    end if;
end $$;

create function service_vlan_kept() returns trigger language plpgsql
    set plan_cache_mode = force_generic_plan as $$
declare
    gone service_vlan[];
    come service_vlan[];
    adopted service_vlan[];
    places vlan_place[];
    refused record;
begin
    if tg_op = 'INSERT' then
        select array_agg(n) into come from come_rows n;
    elsif tg_op = 'DELETE' then
        select array_agg(o) into gone from gone_rows o;
    else
        -- Grouped and not joined: a join's plan that is good for one row takes hours for a hundred thousand.
        select array_agg(r) filter (where n = 1 and not is_new), array_agg(r) filter (where n = 1 and is_new),
               array_agg(r) filter (where n = 2 and is_repooled)
        into gone, come, adopted
        from (select (array_agg(r order by is_new desc))[1] as r, count(*) as n, bool_or(is_new) as is_new,
                     min(coalesce((r).pool_id, 0)) <> max(coalesce((r).pool_id, 0)) as is_repooled
              from (select o as r, false as is_new from gone_rows o union all select n, true from come_rows n) both_rows
              group by (r).service_id, (r).vlan_domain_id, (r).model, (r).s_vlan, (r).c_vlan) compared;
        places := vlan_places(adopted);
    end if;
    if gone is null and come is null then
        perform vlan_adopt(places);
        return null;
    end if;

    -- The lock of each S-VLAN, and its counts.
    insert into vlan_use as u (vlan_domain_id, s_vlan, dedicated, shared)
    select c.vlan_domain_id, c.s_vlan, sum(case model when 'dedicated' then change else 0 end),
           sum(case model when 'shared' then change else 0 end)
    from (select vlan_domain_id, s_vlan, model, 1 as change from unnest(come)
          union all select vlan_domain_id, s_vlan, model, -1 from unnest(gone)) c
    group by c.vlan_domain_id, c.s_vlan order by c.vlan_domain_id, c.s_vlan
    on conflict (vlan_domain_id, s_vlan)
        do update set dedicated = u.dedicated + excluded.dedicated, shared = u.shared + excluded.shared;

    if gone is not null then
        insert into vlan_history (vlan_domain_id, model, s_vlan, c_vlan, service_id, subscriber_id, holder, pool_id, assigned_at)
        select vlan_domain_id, model, s_vlan, c_vlan, service_id, (select subscriber_id from service s where s.id = service_id),
               service_holder(service_id), pool_id, assigned_at
        from unnest(gone);
        perform vlan_give((
            select array_agg((o.vlan_domain_id, o.s_vlan, coalesce(o.c_vlan, 0), coalesce(o.c_vlan, 0), r.id, r.pool_id)::vlan_run)
            from unnest(gone) o cross join lateral (
                select id, pool_id from vlan_range
                where vlan_domain_id = o.vlan_domain_id and model = 'dedicated'
                  and int4range(s_first, s_last, '[]') @> o.s_vlan
                  and int4range(c_first, c_last, '[]') @> coalesce(o.c_vlan, 0) limit 1) r
            where o.model = 'dedicated'));
    end if;
    if come is null then
        perform vlan_adopt(places);
        return null;
    end if;

    select n.vlan_domain_id, n.s_vlan, n.model, u.lines_limit, u.pool_id, u.dedicated > 0 and u.shared > 0 as mixed into refused
    from (select distinct vlan_domain_id, s_vlan, model from unnest(come)) n cross join lateral (
        select * from vlan_use where vlan_domain_id = n.vlan_domain_id and s_vlan = n.s_vlan limit 1) u
    where u.dedicated > 0 and u.shared > 0 or n.model = 'shared' and u.shared > u.lines_limit limit 1;
    if refused.mixed then
        raise exception '%', vlan_mixed(refused.vlan_domain_id, refused.s_vlan, refused.model)
            using errcode = 'exclusion_violation', constraint = 'vlan_use_one_model', table = 'service_vlan';
    elsif found then
        raise exception 'S-VLAN % of the pool % is full: it takes no more than %', refused.s_vlan,
                (select name from vlan_pool where id = refused.pool_id), refused.lines_limit
            using errcode = 'check_violation', constraint = 'vlan_use_lines_limit', table = 'service_vlan';
    end if;

    -- A pool's S-VLANs are used as the pool has it, also by those who choose.
    select n.s_vlan, p.name, p.model into refused
    from (select distinct vlan_domain_id, s_vlan, model from unnest(come)) n cross join lateral (
        select pool_id from vlan_range
        where vlan_domain_id = n.vlan_domain_id and int4range(s_first, s_last, '[]') @> n.s_vlan and model <> n.model limit 1) r
        join vlan_pool p on p.id = r.pool_id limit 1;
    if found then
        raise exception 'S-VLAN % is in the pool %, which is %', refused.s_vlan, refused.name, refused.model
            using errcode = 'exclusion_violation', constraint = 'vlan_range_of_model', table = 'service_vlan';
    end if;

    select n.s_vlan, n.c_vlan, e.note into refused
    from unnest(come) n cross join lateral (
        select note from vlan_exclusion
        where vlan_domain_id = n.vlan_domain_id and int4range(s_first, s_last, '[]') @> n.s_vlan
          and int4range(c_first, c_last, '[]') @> case n.model when 'shared' then 0 else coalesce(n.c_vlan, 0) end limit 1) e limit 1;
    if found then
        raise exception '% is excluded%', vlan_text(refused.s_vlan, refused.c_vlan), coalesce(': ' || refused.note, '')
            using errcode = 'exclusion_violation', constraint = 'vlan_exclusion_kept', table = 'service_vlan';
    end if;

    if exists (select from access_node where not shared_vlans) then
        perform from service where id in (select service_id from unnest(come) where model = 'shared') order by id for share;
        select n.s_vlan, a.name into refused
        from unnest(come) n join service s on s.id = n.service_id join access_line l on l.id = s.line_id
             join access_node a on a.id = l.access_node_id
        where n.model = 'shared' and not a.shared_vlans limit 1;
        if found then
            raise exception 'S-VLAN % cannot be shared at the access node %, which does not keep lines in one S-VLAN apart',
                    refused.s_vlan, refused.name
                using errcode = 'check_violation', constraint = 'access_node_shared_vlans', table = 'service_vlan';
        end if;
    end if;

    places := places || vlan_places(come);
    perform vlan_take((
        select array_agg((vlan_domain_id, s_vlan, coalesce(c_vlan, 0), coalesce(c_vlan, 0), null, null)::vlan_run)
        from unnest(places) where model = 'dedicated'));
    perform vlan_adopt(places);
    return null;
end $$;
create trigger service_vlan_bound after insert on service_vlan referencing new table as come_rows
    for each statement execute function service_vlan_kept();
create trigger service_vlan_changed after update on service_vlan
    referencing old table as gone_rows new table as come_rows for each statement execute function service_vlan_kept();
create trigger service_vlan_released after delete on service_vlan referencing old table as gone_rows
    for each statement execute function service_vlan_kept();

create function is_never_truncated() returns trigger language plpgsql as $$
begin
    raise exception '% is never truncated, since what it holds must become free: delete from it', tg_table_name;
end $$;
create trigger service_vlan_never_truncated before truncate on service_vlan
    for each statement execute function is_never_truncated();

-- While the service is still there: its history tells whose it was.
create function service_lets_go_of_vlan() returns trigger language plpgsql as $$
begin
    delete from service_vlan where service_id = old.id;
    return old;
end $$;
create trigger service_lets_go_of_vlan before delete on service for each row execute function service_lets_go_of_vlan();

-- Ranges.

create function vlan_range_kept() returns trigger language plpgsql as $$
declare
    held record;
    lines integer;
begin
    if tg_op = 'UPDATE' and (old.id, old.pool_id, old.vlan_domain_id, old.model)
            is distinct from (new.id, new.pool_id, new.vlan_domain_id, new.model) then
        raise exception 'A range stays in its pool; add another one';
    end if;
    if tg_op = 'INSERT' then
        perform vlan_lock(new.vlan_domain_id, new.s_first, new.s_last);
    elsif tg_op = 'DELETE' then
        perform vlan_lock(old.vlan_domain_id, old.s_first, old.s_last);
    else
        perform vlan_lock(old.vlan_domain_id, least(old.s_first, new.s_first), greatest(old.s_last, new.s_last));
    end if;
    if tg_op <> 'INSERT' then
        select v.* into held from service_vlan v
        where v.vlan_domain_id = old.vlan_domain_id and v.s_vlan between old.s_first and old.s_last and v.model = old.model
          and (v.model = 'shared' or coalesce(v.c_vlan, 0) between old.c_first and old.c_last)
          and (tg_op = 'DELETE' or not (v.s_vlan between new.s_first and new.s_last
               and (v.model = 'shared' or coalesce(v.c_vlan, 0) between new.c_first and new.c_last))) limit 1;
        if found then
            raise exception 'The range is in use: % belongs to %', vlan_text(held.s_vlan, held.c_vlan),
                    coalesce(service_holder(held.service_id), 'service ' || held.service_id)
                using errcode = 'restrict_violation', constraint = 'vlan_range_in_use', table = 'vlan_range';
        end if;
        delete from vlan_free
        where vlan_domain_id = old.vlan_domain_id and s_vlan between old.s_first and old.s_last and range_id = old.id;
        update vlan_use set pool_id = null, lines_limit = null
        where old.model = 'shared' and vlan_domain_id = old.vlan_domain_id and s_vlan between old.s_first and old.s_last;
    end if;
    if tg_op = 'DELETE' then
        return null;
    end if;

    select u.* into held from vlan_use u
    where u.vlan_domain_id = new.vlan_domain_id and u.s_vlan between new.s_first and new.s_last
      and case new.model when 'shared' then u.dedicated else u.shared end > 0 order by u.s_vlan limit 1;
    if found then
        raise exception '%', vlan_mixed(new.vlan_domain_id, held.s_vlan, new.model)
            using errcode = 'exclusion_violation', constraint = 'vlan_use_one_model', table = 'vlan_range';
    end if;
    if new.model = 'shared' then
        select lines_a_vlan into lines from vlan_pool where id = new.pool_id for share;
        select u.* into held from vlan_use u
        where u.vlan_domain_id = new.vlan_domain_id and u.s_vlan between new.s_first and new.s_last and u.shared > lines limit 1;
        if found then
            raise exception '% lines live in S-VLAN % already; the pool lets % live in one', held.shared, held.s_vlan, lines
                using errcode = 'check_violation', constraint = 'vlan_use_lines_limit', table = 'vlan_range';
        end if;
        update vlan_use u set pool_id = new.pool_id, lines_limit = lines
        where u.vlan_domain_id = new.vlan_domain_id and u.s_vlan between new.s_first and new.s_last
          and not exists (select from vlan_exclusion e
                          where e.vlan_domain_id = u.vlan_domain_id and u.s_vlan between e.s_first and e.s_last and e.c_first = 0);
    else
        insert into vlan_free (vlan_domain_id, s_vlan, c_first, c_last, range_id, pool_id)
        select new.vlan_domain_id, s_vlan, reached + 1, c_first - 1, new.id, new.pool_id
        from (select s_vlan, c_first,
                     coalesce(max(c_last) over (partition by s_vlan order by c_first, c_last
                                                rows between unbounded preceding and 1 preceding), new.c_first - 1) as reached
              from (select s_vlan, coalesce(c_vlan, 0) as c_first, coalesce(c_vlan, 0) as c_last from service_vlan
                    where vlan_domain_id = new.vlan_domain_id and s_vlan between new.s_first and new.s_last
                      and model = 'dedicated' and coalesce(c_vlan, 0) between new.c_first and new.c_last
                    union all
                    select s, greatest(e.c_first, new.c_first), least(e.c_last, new.c_last)
                    from vlan_exclusion e, generate_series(greatest(e.s_first, new.s_first), least(e.s_last, new.s_last)) s
                    where e.vlan_domain_id = new.vlan_domain_id and e.c_first <= new.c_last and e.c_last >= new.c_first
                    union all
                    select s, new.c_last + 1, new.c_last + 1 from generate_series(new.s_first, new.s_last) s) taken) gap
        where reached + 1 < c_first;
    end if;
    update service_vlan set pool_id = new.pool_id
    where vlan_domain_id = new.vlan_domain_id and s_vlan between new.s_first and new.s_last and model = new.model
      and (model = 'shared' or coalesce(c_vlan, 0) between new.c_first and new.c_last)
      and pool_id is distinct from new.pool_id;
    return null;
end $$;
create trigger vlan_range_kept after insert or update or delete on vlan_range
    for each row execute function vlan_range_kept();

-- Exclusions.

create function vlan_exclusion_kept() returns trigger language plpgsql as $$
declare
    it vlan_exclusion := coalesce(new, old);
    held record;
    runs vlan_run[];
begin
    if tg_op = 'UPDATE' then
        if (old.vlan_domain_id, old.s_first, old.s_last, old.c_first, old.c_last)
                is distinct from (new.vlan_domain_id, new.s_first, new.s_last, new.c_first, new.c_last) then
            raise exception 'An exclusion is never moved: remove it and add another one';
        end if;
        return null;
    end if;
    perform vlan_lock(it.vlan_domain_id, it.s_first, it.s_last);
    select array_agg((it.vlan_domain_id, s, greatest(it.c_first, r.c_first), least(it.c_last, r.c_last), r.id, r.pool_id)::vlan_run)
    into runs from vlan_range r, generate_series(greatest(it.s_first, r.s_first), least(it.s_last, r.s_last)) s
    where r.vlan_domain_id = it.vlan_domain_id and r.model = 'dedicated' and r.c_first <= it.c_last and r.c_last >= it.c_first;
    if tg_op = 'DELETE' then
        perform vlan_give(runs);
        update vlan_use u set pool_id = p.id, lines_limit = p.lines_a_vlan
        from vlan_range r join vlan_pool p on p.id = r.pool_id
        where it.c_first = 0 and u.vlan_domain_id = it.vlan_domain_id and u.s_vlan between it.s_first and it.s_last
          and r.vlan_domain_id = u.vlan_domain_id and r.model = 'shared' and u.s_vlan between r.s_first and r.s_last;
        return null;
    end if;
    select v.* into held from service_vlan v
    where v.vlan_domain_id = it.vlan_domain_id and v.s_vlan between it.s_first and it.s_last
      and (v.model = 'shared' and it.c_first = 0
           or v.model = 'dedicated' and coalesce(v.c_vlan, 0) between it.c_first and it.c_last) limit 1;
    if found then
        raise exception '% belongs to %', vlan_text(held.s_vlan, held.c_vlan),
                coalesce(service_holder(held.service_id), 'service ' || held.service_id)
            using errcode = 'restrict_violation', constraint = 'vlan_exclusion_in_use', table = 'vlan_exclusion';
    end if;
    perform vlan_take(runs);
    update vlan_use set pool_id = null, lines_limit = null
    where it.c_first = 0 and vlan_domain_id = it.vlan_domain_id and s_vlan between it.s_first and it.s_last;
    return null;
end $$;
create trigger vlan_exclusion_kept after insert or update or delete on vlan_exclusion
    for each row execute function vlan_exclusion_kept();

create function vlan_pool_kept() returns trigger language plpgsql as $$
declare
    held record;
begin
    perform from vlan_use where pool_id = new.id order by s_vlan for update;
    select * into held from vlan_use where pool_id = new.id and shared > new.lines_a_vlan order by s_vlan limit 1;
    if found then
        raise exception '% lines live in S-VLAN %: more than %', held.shared, held.s_vlan, new.lines_a_vlan
            using errcode = 'check_violation', constraint = 'vlan_use_lines_limit', table = 'vlan_pool';
    end if;
    update vlan_use set lines_limit = new.lines_a_vlan where pool_id = new.id and lines_limit <> new.lines_a_vlan;
    select v.* into held from service_vlan v join service s on s.id = v.service_id
    where v.pool_id = new.id and s.tenant_id <> new.tenant_id limit 1;
    if found then
        raise exception '% of the pool belongs to %, who is of another tenant', vlan_text(held.s_vlan, held.c_vlan),
                service_holder(held.service_id)
            using errcode = 'check_violation', constraint = 'service_vlan_of_tenant', table = 'vlan_pool';
    end if;
    return null;
end $$;
create trigger vlan_pool_kept after update on vlan_pool for each row
    when (old.lines_a_vlan is distinct from new.lines_a_vlan or old.tenant_id is distinct from new.tenant_id)
    execute function vlan_pool_kept();

-- Where lines share an S-VLAN, the access node must keep them apart: also after a move, and whatever the node was before.

create function service_line_can_share() returns trigger language plpgsql as $$
declare
    held record;
begin
    select v.s_vlan, a.name into held
    from service_vlan v, access_line l join access_node a on a.id = l.access_node_id
    where v.service_id = new.id and v.model = 'shared' and l.id = new.line_id and not a.shared_vlans;
    if found then
        raise exception '% lives in S-VLAN % with others, which the access node % does not keep apart',
                coalesce(service_holder(new.id), 'Service ' || new.id), held.s_vlan, held.name
            using errcode = 'check_violation', constraint = 'access_node_shared_vlans', table = 'service';
    end if;
    return null;
end $$;
create trigger service_line_can_share after update on service for each row
    when (old.line_id is distinct from new.line_id) execute function service_line_can_share();

create function access_node_can_share() returns trigger language plpgsql as $$
declare
    held record;
begin
    lock table service, service_vlan in share row exclusive mode;
    select v.s_vlan, v.service_id into held
    from access_line l join service s on s.line_id = l.id join service_vlan v on v.service_id = s.id
    where l.access_node_id = new.id and v.model = 'shared' limit 1;
    if found then
        raise exception '% lives in S-VLAN % with others', coalesce(service_holder(held.service_id), 'Service ' || held.service_id),
                held.s_vlan
            using errcode = 'check_violation', constraint = 'access_node_shared_vlans', table = 'access_node';
    end if;
    return null;
end $$;
create trigger access_node_can_share after update on access_node for each row
    when (old.shared_vlans and not new.shared_vlans) execute function access_node_can_share();

create function access_line_can_share() returns trigger language plpgsql as $$
begin
    if exists (select from access_node where id = new.access_node_id and not shared_vlans)
       and exists (select from service s join service_vlan v on v.service_id = s.id
                   where s.line_id = new.id and v.model = 'shared') then
        raise exception '% lives in an S-VLAN with others, which the access node does not keep apart', line_holder(new.id)
            using errcode = 'check_violation', constraint = 'access_node_shared_vlans', table = 'access_line';
    end if;
    return null;
end $$;
create trigger access_line_can_share after update on access_line for each row
    when (old.access_node_id <> new.access_node_id) execute function access_line_can_share();
