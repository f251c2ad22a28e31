-- What subscribers ask for, and what an operator made of it.
create table address_request (
    id            bigint generated always as identity primary key,
    tenant_id     bigint      not null,
    subscriber_id bigint      not null,
    service_id    bigint      not null references service on delete cascade,
    kind          text        not null check (kind in
        ('ipv4-address', 'ipv6-wan-prefix', 'ipv6-wan-address', 'ipv6-delegated-prefix')),
    note          text        check (length(note) between 1 and 500),
    state         text        not null default 'waiting' check (state in ('waiting', 'granted', 'declined')),
    created_at    timestamptz not null default now(),
    decided_at    timestamptz,
    decided_by    text,
    answer        text        check (length(answer) between 1 and 500),
    -- What was given; it may have been released since.
    prefix        cidr,
    foreign key (subscriber_id, tenant_id) references subscriber (id, tenant_id) on delete cascade,
    check ((state = 'waiting') = (decided_at is null)),
    check ((state = 'granted') = (prefix is not null))
);
-- Nobody asks twice for the same while the first is not decided.
create unique index address_request_waiting on address_request (service_id, kind) where state = 'waiting';
create index address_request_subscriber on address_request (subscriber_id, id);
create index address_request_state on address_request (state, id);
