-- One sealed word for every master key that was ever the current one: a hub with another key does not start.
create table master_key_check (
    key_id  text primary key,
    sealed  bytea not null
);
