-- The audit is read newest first, by who, what and of what.
create index event_actor on event (actor, seq);
create index event_type on event (type, seq);
create index event_subject on event (subject_id, seq) where subject_id is not null;
create index event_at on event using brin (at);
