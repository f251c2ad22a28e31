-- What is done to a service in several steps. Each step and its mark as done are one transaction, so that a crash between any
-- two leaves neither half: whoever takes the workflow up goes on with the first step that is not done.
create table workflow (
    id           bigint generated always as identity primary key,
    kind         text        not null check (kind in
        ('activate', 'suspend', 'resume', 'change-plan', 'move-line', 'swap-cpe', 'renumber', 'terminate')),
    -- It may be gone.
    service_id   bigint      not null,
    -- What was asked for, by the names of the API.
    wishes       jsonb       not null,
    actor        text        not null,
    reason       text,
    -- Over what the plan was made of, and the plan.
    fingerprint  text        not null,
    -- running: steps are due. waiting: a step waits for somebody else. failed: a step cannot be done; it may be tried again or
    -- everything rolled back. abandoned: failed, and another workflow of the service has begun since.
    state        text        not null check (state in
        ('running', 'waiting', 'failed', 'done', 'rolled-back', 'abandoned')),
    rolling_back boolean     not null default false,
    -- How it stands, as a sentence.
    detail       text,
    started_at   timestamptz not null default now(),
    ended_at     timestamptz,
    due_at       timestamptz not null default now(),
    -- Who works on it, until when; the next one may take it afterwards.
    lease        uuid,
    leased_until timestamptz
);
create unique index workflow_one_at_a_time on workflow (service_id) where state in ('running', 'waiting');
create index workflow_due on workflow (due_at) where state in ('running', 'waiting');
create index workflow_service on workflow (service_id, id);

create table workflow_step (
    workflow_id bigint   not null references workflow,
    position    smallint not null,
    action      text     not null,
    title       text     not null,
    parameters  jsonb    not null,
    -- As planned.
    before      jsonb    not null,
    after       jsonb    not null,
    -- undone: it was done, and rolled back.
    state       text     not null default 'pending' check (state in ('pending', 'waiting', 'failed', 'done', 'undone')),
    attempts    integer  not null default 0,
    detail      text,
    -- What it has done, for the steps after it and for rolling back.
    result      jsonb    not null default '{}',
    started_at  timestamptz,
    ended_at    timestamptz,
    primary key (workflow_id, position)
);

-- Where a service that waits for its line (pending, without one) is expected: each a hint, none of them needed.
create table service_order (
    service_id     bigint primary key references service on delete cascade,
    access_node_id bigint references access_node,
    onu_serial     text,
    uni            integer check (uni > 0),
    circuit_id     bytea check (length(circuit_id) between 1 and 255),
    remote_id      bytea check (length(remote_id) between 1 and 255),
    mac            bytea check (length(mac) = 6),
    note           text,
    created_at     timestamptz not null default now()
);
create index service_order_circuit on service_order (circuit_id) where circuit_id is not null;
create index service_order_remote on service_order (remote_id) where remote_id is not null;
create index service_order_mac on service_order (mac) where mac is not null;
create index service_order_onu on service_order (onu_serial) where onu_serial is not null;
create index service_waiting on service (id) where state = 'pending' and line_id is null;

-- From where the services on its lines take their VLANs; null: from where their plans say.
alter table access_node add column vlan_pool_id bigint references vlan_pool;
