-- How far a service has come with IPv6 (ledger.ipv6). A service without a row has none of this: it is answered with what it has
-- assigned, as far as service.ipv6_mode allows.
create table service_ipv6 (
    service_id        bigint primary key references service on delete cascade,
    mode              text        not null check (mode in ('none', 'slaac', 'stateful', 'pd', 'dual_stack')),
    state             text        not null check (state in
        ('pending', 'allocated', 'active', 'suspended', 'revoking', 'revoked', 'failed')),
    -- A sentence: why it failed, or waits.
    reason            text,
    changed_at        timestamptz not null default now(),
    -- Where they differ from the plan's; null: the plan's.
    wan_pool_id       bigint references address_pool,
    delegated_pool_id bigint references address_pool,
    -- Where it differs from the pool's.
    delegated_length  smallint check (delegated_length between 48 and 64),
    -- For how long a former prefix may still be in use after a renumbering; null: patchbay.ipv6.valid-lifetime.
    valid_lifetime_s  integer check (valid_lifetime_s >= 0)
);
-- Most are active, and nobody looks for those.
create index service_ipv6_state on service_ipv6 (state, service_id) where state <> 'active';

-- The same table stands in ledger.ipv6.Ipv6State; a test compares all pairs.
create function service_ipv6_may_become(old_state text, new_state text) returns boolean language sql immutable strict as $$
    select (old_state, new_state) in (
        values ('pending', 'allocated'), ('pending', 'failed'), ('pending', 'revoking'),
               ('allocated', 'pending'), ('allocated', 'active'), ('allocated', 'suspended'), ('allocated', 'revoking'),
               ('active', 'pending'), ('active', 'allocated'), ('active', 'suspended'), ('active', 'revoking'),
               ('suspended', 'allocated'), ('suspended', 'revoking'),
               ('revoking', 'revoked'),
               ('revoked', 'pending'),
               ('failed', 'pending'), ('failed', 'revoking'))
$$;

create function service_ipv6_changes() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'pending' then
            raise exception 'IPv6 of a service begins as pending, not as %', new.state
                using errcode = 'check_violation', constraint = 'service_ipv6_transition', table = 'service_ipv6';
        end if;
        return new;
    end if;
    if old.state <> new.state then
        if not service_ipv6_may_become(old.state, new.state) then
            raise exception 'IPv6 of service % is %, which does not become %', old.service_id, old.state, new.state
                using errcode = 'check_violation', constraint = 'service_ipv6_transition', table = 'service_ipv6';
        end if;
        new.changed_at := clock_timestamp();
    end if;
    return new;
end $$;
create trigger service_ipv6_changes before insert or update on service_ipv6
    for each row execute function service_ipv6_changes();

-- What a revoke or a renumbering waits for.
create index address_hold_former on address_hold (reason, service_id) where reason in ('revoking', 'renumbered');
