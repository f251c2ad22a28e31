-- Every change is looked at twice: sql/converge-nas-follow-late.sql says why.
insert into convergence_cursor values ('nas-late', pg_snapshot_xmin(pg_current_snapshot()), 0);

-- sql/converge-nas-expired.sql asks for those that have just expired.
create index service_expires on service (expires_at) where expires_at is not null;
