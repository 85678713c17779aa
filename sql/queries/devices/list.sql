-- Where the viewer is signed in, the latest sign-in first.
-- $1 viewer_sub text, $2 viewer_auth_time bigint, $3 session_hash text (the viewer's own), $4 before uuid (null: from the
-- start), $5 limit integer
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select
  session.uuid,
  session.browser,
  session.created_at,
  session.last_seen_on::text as last_seen_on,
  session.hash = $3::text as current
from viewer
join users person on person.uuid = viewer.uuid
join sessions session on session.user_uuid = viewer.uuid
where ($4::uuid is null or session.uuid < $4::uuid)
  and not session_has_ended(extract(epoch from session.created_at)::bigint, person, session)
order by session.uuid desc
limit $5::integer
