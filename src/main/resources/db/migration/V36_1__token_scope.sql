-- A subscriber's own token tells of that subscriber alone; its tenant is the subscriber's.
alter table api_token drop constraint api_token_role_check;
alter table api_token
    add constraint api_token_role_check check (role in ('subscriber', 'viewer', 'operator', 'admin')),
    add constraint api_token_subscriber_check check ((role = 'subscriber') = (subscriber_id is not null)),
    add constraint api_token_subscriber_of_tenant foreign key (subscriber_id, tenant_id) references subscriber (id, tenant_id)
        on delete cascade,
    add constraint api_token_subscriber_has_tenant check (subscriber_id is null or tenant_id is not null);
create index api_token_subscriber on api_token (subscriber_id) where subscriber_id is not null;
