-- The last authentication attempts and what became of them: one row for repeats of the same within a second. Only ever
-- inserted, one partition a day (UTC), which the writer makes and retention drops. The row outlives its NAS and service.
create sequence authentication_id;
create table authentication (
    id            bigint      not null default nextval('authentication_id'),
    nas_client_id bigint      not null,
    nas_name      text        not null,
    service_id    bigint,
    user_name     text,
    circuit_id    bytea,
    remote_id     bytea,
    mac           bytea,
    outcome       text        not null check (outcome in ('accept', 'quarantine', 'reject', 'silence')),
    reason        text,
    first_at      timestamptz not null,
    last_at       timestamptz not null,
    times         bigint      not null check (times > 0)
) partition by range (last_at);
create index authentication_recent on authentication (last_at desc, id desc);
create index authentication_service on authentication (service_id, last_at desc, id desc) where service_id is not null;
create index authentication_user on authentication (user_name, last_at desc, id desc) where user_name is not null;
create index authentication_circuit on authentication (circuit_id, last_at desc, id desc) where circuit_id is not null;
