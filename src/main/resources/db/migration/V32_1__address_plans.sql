-- As V30 has it, with one look into the index rather than one for each length. Free prefixes never overlap, and PostgreSQL sorts a
-- prefix before all that lies in it: the one that contains what is wanted is the last one that does not come after it.
create or replace function address_take(in_block address_block, wanted cidr) returns void language plpgsql as $$
declare
    found_free cidr;
begin
    loop
        select f.prefix into found_free from address_free f
        where f.block_id = in_block.id and f.prefix <= wanted order by f.prefix desc limit 1;
        if not found or not found_free >>= wanted then
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

-- A plan that was made while a table was small, and is kept for a whole transaction or connection, would read all of it for each
-- address: an import of a hundred thousand would take hours. The index is always right here.
alter function address_take(address_block, cidr) set enable_seqscan = off;
alter function address_take(address_block, cidr) set enable_bitmapscan = off;
alter function address_give(address_block, cidr) set enable_seqscan = off;
alter function address_next(bigint, integer) set enable_seqscan = off;
alter function address_next(bigint, integer) set enable_bitmapscan = off;
alter function service_prefix_taken() set enable_seqscan = off;
alter function service_prefix_released() set enable_seqscan = off;
alter function address_hold_taken() set enable_seqscan = off;
