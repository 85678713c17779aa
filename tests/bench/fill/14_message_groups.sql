-- The famous user has a thousand conversations, the ordinary one forty, others about two.
insert into message_groups (low_user_uuid, high_user_uuid)
select distinct least(one.uuid, other.uuid), greatest(one.uuid, other.uuid)
from (
  select n as one, 1 + n * 7919::bigint % current_setting('fill.people')::integer as other from person where n > 3
  union all
  select 1, n from person where n between 4 and 1003
  union all
  select 3, n from person where n between 4 and 43
) pair
join person one on one.n = pair.one
join person other on other.n = pair.other
where pair.one <> pair.other
