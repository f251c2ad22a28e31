-- Sessions as the NASes tell them, and the accounting records that told them.
--
-- A session is live, or over, or presumed over, in the partition session_live; an hour after its end it is archived: its
-- archived_on goes from infinity to the day, and PostgreSQL moves the row to the partition of that month, in bulk and off the
-- path of the acknowledgements. Retention drops partitions.
create table session (
    id                 bigint      not null,
    archived_on        date        not null default 'infinity',
    nas_client_id      bigint      not null,
    nas_name           text        not null,
    -- NAS-Identifier, or NAS-IP(v6)-Address, or empty: several NASes may speak through one client address.
    nas_identity       text        not null,
    -- Where its accounting comes from, and so where CoA goes unless the NAS says otherwise.
    nas_address        inet        not null,
    acct_session_id    bytea       not null,
    service_id         bigint,
    line_id            bigint,
    user_name          text,
    circuit_id         bytea,
    remote_id          bytea,
    nas_port_id        bytea,
    mac                bytea,
    class              bytea,
    -- By our clock: when the record came, less its Acct-Delay-Time and Acct-Session-Time. The era of the session: a NAS may
    -- use an Acct-Session-Id again after a restart.
    started_at         timestamptz not null,
    -- The same by the NAS's clock; null when it sends no Event-Timestamp.
    nas_started_at     timestamptz,
    -- Whether the Start came, or the session is known from a later record only.
    start_seen         boolean     not null,
    last_heard_at      timestamptz not null,
    session_seconds    bigint      not null default 0,
    bytes_down         bigint      not null default 0,
    bytes_up           bigint      not null default 0,
    packets_down       bigint      not null default 0,
    packets_up         bigint      not null default 0,
    ipv6_bytes_down    bigint,
    ipv6_bytes_up      bigint,
    ipv6_packets_down  bigint,
    ipv6_packets_up    bigint,
    ended_at           timestamptz,
    -- A Stop's Acct-Terminate-Cause by name, or: nas-restart, silent, replaced.
    end_cause          text,
    -- Nobody said Stop: a newer Interim opens it again.
    presumed           boolean     not null default false,
    primary key (id, archived_on),
    check (presumed = false or ended_at is not null)
) partition by range (archived_on);
create table session_live partition of session for values from ('infinity') to (maxvalue) with (fillfactor = 60);
create index session_key on session (acct_session_id, nas_client_id);
create index session_service on session (service_id) where service_id is not null;

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
    -- null while it is held; the session's end closes it.
    until_at    timestamptz,
    primary key (session_id, kind, prefix, port_from, from_at, archived_on)
) partition by range (archived_on);
create table session_address_live partition of session_address for values from ('infinity') to (maxvalue);
-- Asked with every prefix that contains an address (81 for IPv6, 33 for IPv4): dearer to ask than GiST, cheaper to keep.
create index session_address_prefix on session_address (prefix);

-- The records themselves, one partition a day of arrival.
create table accounting_record (
    session_id        bigint      not null,
    received_at       timestamptz not null,
    -- By the NAS's clock; null when it sends no Event-Timestamp.
    event_at          timestamptz,
    delay_s           integer     not null default 0,
    kind              text        not null check (kind in ('start', 'interim', 'stop')),
    session_seconds   bigint,
    bytes_down        bigint,
    bytes_up          bigint,
    packets_down      bigint,
    packets_up        bigint,
    ipv6_bytes_down   bigint,
    ipv6_bytes_up     bigint,
    ipv6_packets_down bigint,
    ipv6_packets_up   bigint,
    terminate_cause   integer
) partition by range (received_at);
create index accounting_record_session on accounting_record (session_id);

-- Accounting-On and -Off: what was heard of this NAS before is over. A session that a slower writer stores late is closed by
-- looking here.
create table nas_restart (
    nas_client_id bigint      not null,
    nas_identity  text        not null,
    at            timestamptz not null,
    kind          text        not null check (kind in ('on', 'off')),
    received_at   timestamptz not null,
    primary key (nas_client_id, nas_identity, at, kind)
);

-- How many records are stored, kept in the transaction that stores them; one row a writer, so that none waits for another.
create table accounting_count (
    writer  text   primary key,
    records bigint not null
);

-- Session ids are taken in blocks: one round trip for a thousand.
create sequence session_id_block increment by 1000 minvalue 1;
