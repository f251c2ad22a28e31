-- Sessions are read the newest first, and within a time.
create index session_started on session (started_at, id);

-- What is asked of the past. "Only": the indexes exist on the partitions of the months, which are made later and inherit them,
-- and not on session_live, where each would cost every Start; the live sessions are few enough to be read through.
create index session_user_name on only session (user_name);
create index session_mac on only session (mac);
create index session_circuit on only session (circuit_id);
create index session_line on only session (line_id);

-- Who held an address before: the removed services' events tell what they had.
create index event_service_removed on event (at) where type = 'service-removed';
