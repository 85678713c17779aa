-- Users, numbered in the order in which they joined. The bench measures reads of three: one whom half of all follow, one
-- who follows many, and an ordinary one.
create temporary table person as
select
  n,
  uuidv7((n - people) * (interval '300 days' / people) - interval '1 hour') as uuid,
  case n
    when 1 then 'famous' when 2 then 'curious' when 3 then 'ordinary'
    else pg_temp.word(floor(power(8000, random()))::integer - 1) || n
  end as handle
from (select current_setting('fill.people')::integer as people) given
cross join generate_series(1, people) n
