-- How a NAS takes CoA and Disconnect (RFC 5176), by what name its certificate is known (RFC 6614), and how many sessions a
-- plan allows at once. A CoA secret of its own is rare: without one the NAS's current shared secret signs.
alter table nas_client
    add column coa_transport     text    not null default 'udp' check (coa_transport in ('off', 'udp', 'radsec')),
    add column coa_port          integer not null default 3799 check (coa_port between 1 and 65535),
    add column coa_address       inet,
    add column coa_secret_sealed bytea,
    add column radsec_name       text unique;

alter table plan
    add column session_limit integer not null default 0 check (session_limit between 0 and 1000);
