-- Who may use the API. A token is 256 random bits; only its SHA-256 is kept.
create table api_token (
    id           bigint generated always as identity primary key,
    name         text        not null unique check (length(name) between 1 and 64),
    role         text        not null check (role in ('viewer', 'operator', 'admin')),
    token_hash   bytea       not null unique check (length(token_hash) = 32),
    created_at   timestamptz not null default now(),
    created_by   text        not null,
    expires_at   timestamptz
);

-- What was answered to a POST that named an Idempotency-Key; without a status it is still being answered.
create table idempotent_request (
    caller          text        not null,
    idempotency_key text        not null check (length(idempotency_key) between 1 and 255),
    operation       text        not null,
    request_hash    bytea       not null check (length(request_hash) = 32),
    started_at      timestamptz not null default now(),
    status          integer     check (status between 200 and 599),
    location        text,
    sealed_body     bytea,
    primary key (caller, idempotency_key)
);
create index idempotent_request_age on idempotent_request (started_at);
