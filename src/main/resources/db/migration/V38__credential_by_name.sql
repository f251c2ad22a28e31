-- Whoever looks for a user by name alone, as an operator does, names no tenant, by which credential's own index begins.
create index credential_user_name on credential (user_name);
