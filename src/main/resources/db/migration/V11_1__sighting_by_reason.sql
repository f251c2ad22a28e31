-- Sightings are kept, and asked for, by reason.
create index sighting_reason on sighting (reason, last_seen desc, id desc);
