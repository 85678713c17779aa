-- The least about a person. No row: nobody has the handle, or whoever has it has blocked the viewer, who has not blocked
-- them (as in users/profile).
-- $1 viewer_sub text (null: signed out), $2 viewer_auth_time bigint, $3 handle text
with viewer as materialized (
  select viewer_uuid($1::text, $2::bigint) as uuid
)
select person.uuid, person.handle, person.display_name
from viewer
join people() person on person.handle = lower($3::text)
where not exists (
  select from blocks where blocks.blocker_uuid = person.uuid and blocks.blocked_uuid = viewer.uuid
) or exists (
  select from blocks where blocks.blocker_uuid = viewer.uuid and blocks.blocked_uuid = person.uuid
)
