-- Who has this user name, for a request that the index cannot answer. :#tenantId, :#userName (normalised)
select service_id from credential
where tenant_id = :#tenantId and user_name = :#userName
