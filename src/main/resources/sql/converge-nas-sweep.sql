-- Forgets what nobody asks for any more: attempts older than :#days days, what sessions were given that are over, and services
-- that have converged long ago.
with attempts as (
    delete from coa_attempt where sent_at < now() - make_interval(days => cast(:#days as integer))
), given as (
    delete from session_given g
    where not exists (select 1 from session s
                      where s.id = g.session_id and s.archived_on = 'infinity' and s.ended_at is null)
      and g.at < now() - interval '2 days'
)
delete from convergence where state = 'done' and changed_at < now() - make_interval(days => cast(:#days as integer))
