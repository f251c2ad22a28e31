-- What of a service still has to reach a target, one row a service and target from its first change on. A change makes the
-- desired version one greater; a worker that has seen to it writes the version that it saw as the applied one.
create table convergence (
    service_id      bigint      not null,
    target          text        not null,
    -- Work that shares an equipment: the NAS's id. Lanes are served beside each other, however long one of them takes.
    lane            bigint      not null,
    desired_version bigint      not null default 1,
    applied_version bigint      not null default 0,
    -- pending: due. waiting: due again at due_at, after a failure or to see whether it worked. failed: given up until a change
    -- or a retry.
    state           text        not null default 'pending' check (state in ('pending', 'waiting', 'failed', 'done')),
    attempts        integer     not null default 0,
    due_at          timestamptz not null default now(),
    -- Who works on it has until then; the next one may take it afterwards.
    leased_until    timestamptz,
    -- A sentence: what was done, or why not.
    reason          text,
    changed_at      timestamptz not null default now(),
    -- The event that it is about: a node whose memory has not read that far leaves it to the others, or to later.
    changed_xid     xid8        not null,
    changed_seq     bigint      not null,
    primary key (service_id, target)
);
create index convergence_due on convergence (target, lane, due_at) where state in ('pending', 'waiting');
create index convergence_failed on convergence (target, service_id) where state = 'failed';

-- How far the event log was read for it, as the change feed of the bindings reads it.
create table convergence_cursor (
    name text   primary key,
    xid  xid8   not null,
    seq  bigint not null
);
insert into convergence_cursor values ('nas', pg_snapshot_xmin(pg_current_snapshot()), 0);

-- What a live session was given after its log-in: counts before the fingerprints in its Class.
create table session_given (
    session_id bigint primary key,
    rates      integer     not null,
    -- null when it was not known
    shape      integer,
    at         timestamptz not null default now()
);

-- What a fingerprint of rates stands for: some vendors take a rate away by its name.
create table given_rate (
    fingerprint    integer primary key,
    rate_down_kbps integer not null,
    rate_up_kbps   integer not null,
    qos_profile    text
);

-- One row for each CoA- or Disconnect-Request that was sent, repeats included, and one for what could not be sent.
create table coa_attempt (
    id              bigint generated always as identity primary key,
    session_id      bigint      not null,
    service_id      bigint,
    nas_client_id   bigint      not null,
    nas_name        text        not null,
    acct_session_id bytea       not null,
    kind            text        not null check (kind in ('change', 'disconnect')),
    -- Who or what wanted it.
    actor           text        not null,
    -- Why, as a sentence.
    cause           text        not null,
    -- 0 when nothing was sent.
    attempt         integer     not null check (attempt >= 0),
    sent_at         timestamptz not null,
    destination     text,
    outcome         text        not null check (outcome in ('ack', 'nak', 'no-answer', 'unsendable')),
    -- Error-Cause (RFC 5176 section 3.5); null when the NAS did not say one.
    error_cause     integer,
    -- Why it could not be sent.
    reason          text,
    round_trip_us   bigint
);
create index coa_attempt_session on coa_attempt (session_id, id);
create index coa_attempt_service on coa_attempt (service_id, id) where service_id is not null;
create index coa_attempt_nas on coa_attempt (nas_client_id, id);
create index coa_attempt_age on coa_attempt (sent_at);
