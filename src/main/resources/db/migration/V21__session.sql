-- Sessions as the NASes tell them, and the accounting records that told them. Columns of fixed length stand first in a row,
-- so that reading what changes with every record does not read the rest.
--
-- A session is live, or over, or presumed over, in the partition session_live; an hour after its end it is archived: its
-- archived_on goes from infinity to the day, and PostgreSQL moves the row to the partition of that month, in bulk and off the
-- path of the acknowledgements. Retention drops partitions. The hub makes them: session.SessionPartitions.
create table session (
    id                 bigint      not null,
    archived_on        date        not null default 'infinity',
    -- A NAS may use an Acct-Session-Id again after a restart: counts those of one NAS and id that are in session_live
    -- together, so that two writers cannot make one session twice. Where the era began is started_at.
    era                integer     not null default 0,
    nas_client_id      bigint      not null,
    -- By our clock: when the record came, less its Acct-Delay-Time and Acct-Session-Time.
    started_at         timestamptz not null,
    -- By our clock, Acct-Delay-Time taken off: the last proof of life.
    last_heard_at      timestamptz not null,
    session_seconds    bigint      not null default 0,
    bytes_down         bigint      not null default 0,
    bytes_up           bigint      not null default 0,
    packets_down       bigint      not null default 0,
    packets_up         bigint      not null default 0,
    -- What it holds by now (the rows of session_address without until_at) as one number, so that a record that says the
    -- same as the last one needs no look; 0 when no record named addresses.
    addresses_hash     bigint      not null default 0,
    -- Whether the Start came, or the session is known from a later record only.
    start_seen         boolean     not null,
    -- Nobody said Stop: a newer Interim opens it again.
    presumed           boolean     not null default false,
    -- Live while null. Of a presumed end: it lived at last_heard_at, and not after this.
    ended_at           timestamptz,
    service_id         bigint,
    line_id            bigint,
    -- When it started by the NAS's clock; null when it sends no Event-Timestamp.
    nas_started_at     timestamptz,
    ipv6_bytes_down    bigint,
    ipv6_bytes_up      bigint,
    ipv6_packets_down  bigint,
    ipv6_packets_up    bigint,
    -- A Stop's Acct-Terminate-Cause by name, or: nas-restart, silent, replaced, unknown-to-nas.
    end_cause          text,
    acct_session_id    bytea       not null,
    -- NAS-Identifier, or NAS-IP(v6)-Address, or empty: several NASes may speak through one client address.
    nas_identity       text        not null,
    nas_name           text        not null,
    -- Where its accounting comes from, and so where CoA goes unless the NAS says otherwise.
    nas_address        inet        not null,
    user_name          text,
    circuit_id         bytea,
    remote_id          bytea,
    nas_port_id        bytea,
    mac                bytea,
    class              bytea,
    primary key (id, archived_on),
    check (presumed = false or ended_at is not null)
) partition by range (archived_on);
-- Room in each page for the next version of its rows, which then needs no index entry.
create table session_live partition of session for values from ('infinity') to (maxvalue) with (fillfactor = 50);
create unique index session_live_key on session_live (acct_session_id, nas_client_id, nas_identity, era);
create index session_service on session (service_id) where service_id is not null;
-- The months' partitions get an index over (acct_session_id, nas_client_id) when they are made.

-- What a session held, and when: an address or prefix may come and go within a session, and behind a CGNAT a public
-- address goes with a block of ports (RFC 8045).
create table session_address (
    session_id  bigint      not null,
    archived_on date        not null default 'infinity',
    kind        text        not null check (kind in
        ('ipv4-address', 'ipv6-prefix', 'ipv6-address', 'ipv6-delegated-prefix', 'public-ipv4-ports')),
    prefix      cidr        not null,
    port_from   integer     not null default 0 check (port_from between 0 and 65535),
    port_to     integer     not null default 65535 check (port_to between port_from and 65535),
    from_at     timestamptz not null,
    -- null: for as long as the session lasts (session.ended_at, null while it lives).
    until_at    timestamptz
) partition by range (archived_on);
create table session_address_live partition of session_address for values from ('infinity') to (maxvalue);
create index session_address_session on session_address (session_id);
-- Asked with every prefix that contains an address (129 for IPv6, 33 for IPv4): dearer to ask than GiST, cheaper to keep.
create index session_address_prefix on session_address (prefix);

-- The records themselves, one partition a day (UTC) of arrival.
create table accounting_record (
    session_id        bigint      not null,
    received_at       timestamptz not null,
    -- By the NAS's clock; null when it sends no Event-Timestamp.
    event_at          timestamptz,
    session_seconds   bigint,
    bytes_down        bigint,
    bytes_up          bigint,
    packets_down      bigint,
    packets_up        bigint,
    ipv6_bytes_down   bigint,
    ipv6_bytes_up     bigint,
    ipv6_packets_down bigint,
    ipv6_packets_up   bigint,
    delay_s           integer     not null default 0,
    terminate_cause   integer,
    kind              text        not null check (kind in ('start', 'interim', 'stop'))
) partition by range (received_at);
create index accounting_record_session on accounting_record (session_id);

-- Accounting-On and -Off: what was heard of this NAS before is over. A session that a slower writer stores late is closed by
-- looking here.
create table nas_restart (
    nas_client_id bigint      not null,
    nas_identity  text        not null,
    -- By our clock, Acct-Delay-Time taken off.
    at            timestamptz not null,
    kind          text        not null check (kind in ('on', 'off')),
    received_at   timestamptz not null,
    -- By the NAS's clock; null when it sends no Event-Timestamp.
    event_at      timestamptz,
    primary key (nas_client_id, nas_identity, at, kind)
);

-- How many records were stored since the beginning, those of On and Off among them, repeats not, and whatever retention has
-- dropped since still counted. Kept in the transaction that stores them; one row a writer, so that none waits for another.
create table accounting_count (
    writer  text   primary key,
    records bigint not null
) with (fillfactor = 10);

-- Session ids are taken in blocks: one round trip for a thousand.
create sequence session_id_block increment by 1000 minvalue 1;
