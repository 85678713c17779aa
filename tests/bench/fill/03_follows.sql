-- Most users follow a few, some follow many, and the earliest are followed most. Up to 50,000 follow the famous user; the
-- curious one follows up to 2,000, the ordinary one up to 150.
insert into follows (follower_uuid, followed_uuid, created_at)
select follower.uuid, followed.uuid, now() - random() * (now() - uuid_extract_timestamp(greatest(follower.uuid, followed.uuid)))
from (
  select n as follower, 4 + floor((people - 3) * power(random(), 3))::integer as followed
  from (select current_setting('fill.people')::integer as people) given
  cross join generate_series(4, people) n
  cross join generate_series(1, least(200, floor(3 / sqrt(1 - random()))::integer))
  union
  (select n, 1 from person where n <> 1 order by md5('famous' || n) limit 50000)
  union
  (select 2, n from person where n > 3 order by md5('curious' || n) limit 2000)
  union
  (select 3, n from person where n > 3 order by md5('ordinary' || n) limit 150)
) pair
join person follower on follower.n = pair.follower
join person followed on followed.n = pair.followed
where pair.follower <> pair.followed
