-- Requests that were not as the ledger has it. Repeats of the same thing are one row with a count: a NAS that is
-- configured wrongly says the same thing fifty thousand times a second. The row outlives its NAS and service.
create table sighting (
    id            bigint generated always as identity primary key,
    fingerprint   bytea       not null unique check (length(fingerprint) = 32),
    nas_client_id bigint      not null,
    nas_name      text        not null,
    service_id    bigint,
    user_name     text,
    reason        text        not null,
    outcome       text        not null,
    circuit_id    bytea,
    remote_id     bytea,
    nas_port_id   bytea,
    mac           bytea,
    nas_port      bigint,
    s_vlan        integer,
    c_vlan        integer,
    mismatches    jsonb       not null default '[]',
    first_seen    timestamptz not null,
    last_seen     timestamptz not null,
    times         bigint      not null check (times > 0)
);
create index sighting_recent on sighting (last_seen desc, id desc);
create index sighting_service on sighting (service_id, last_seen desc) where service_id is not null;
create index sighting_circuit on sighting (circuit_id, last_seen desc) where circuit_id is not null;
