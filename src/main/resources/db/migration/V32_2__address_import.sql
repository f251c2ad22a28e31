-- An import takes what its rows want out of the free space at once (import-store.sql), and says so for its own transaction.
-- The trigger is as V30 has it but for that line.
create or replace function service_prefix_taken() returns trigger language plpgsql as $$
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
    if current_setting('patchbay.space_taken', true) = 'on' then
        return new;
    end if;
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
alter function service_prefix_taken() set enable_seqscan = off;

-- Takes everything in a list out of the free space at once: no two overlap, and none is in there twice. What is left of a free
-- prefix are the halves beside those that lead down to what is wanted, where nothing wanted lies in them.
create function address_take_all(wanted cidr[], in_vrf bigint) returns void language plpgsql as $$
declare
    not_free cidr;
begin
    drop table if exists pg_temp.address_taken;
    create temporary table address_taken on commit drop as
    select b.id as block_id, b.pool_id, w.prefix, f.prefix as found_free
    from unnest(wanted) as w (prefix)
         join address_block b on b.prefix >>= w.prefix and b.vrf_id = in_vrf
         left join lateral (select prefix from address_free where block_id = b.id and prefix <= w.prefix
                            order by prefix desc limit 1) f on true;
    select prefix into not_free from address_taken where found_free is null or not found_free >>= prefix limit 1;
    if not found then
        with gone as (
            delete from address_free f using (select distinct block_id, found_free from address_taken) t
            where f.block_id = t.block_id and f.prefix = t.found_free returning f.block_id, f.prefix)
        select t.prefix into not_free from address_taken t
        where not exists (select from gone g where g.block_id = t.block_id and g.prefix = t.found_free) limit 1;
    end if;
    if found then
        raise exception '% is not free: %', not_free, address_holder(in_vrf, not_free)
            using errcode = 'exclusion_violation', constraint = 'address_free', table = 'address_free';
    end if;
    with way_down as materialized (
        select distinct t.block_id, t.pool_id, set_masklen(t.prefix, length) as prefix
        from address_taken t, generate_series(masklen(t.found_free) + 1, masklen(t.prefix)) as length)
    insert into address_free
    select l.block_id, l.pool_id, other_half(l.prefix) from way_down l
    where not exists (select from way_down o where o.block_id = l.block_id and o.prefix = other_half(l.prefix));
end $$;
