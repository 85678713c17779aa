insert into users (
  uuid, cognito_sub, handle, display_name, email, created_at, followers_count, following_count, arrival_dismissed, has_posted
)
select
  person.uuid,
  'sub-' || handle,
  handle,
  initcap(pg_temp.word(floor(power(500, random()))::integer - 1) || ' ' || pg_temp.word(floor(power(8000, random()))::integer - 1)),
  handle || '@example.com',
  uuid_extract_timestamp(person.uuid),
  coalesce(followers.many, 0),
  coalesce(following.many, 0),
  true,
  true
from person
left join (select followed_uuid as uuid, count(*) as many from follows group by followed_uuid) followers using (uuid)
left join (select follower_uuid as uuid, count(*) as many from follows group by follower_uuid) following using (uuid)
order by n
