-- Notifies the owner of an account that many tries to sign in to it have failed; once a day at most.
-- $1 account text: an email in lower case, or a sub
insert into notifications (recipient_uuid, kind)
select owner.uuid, 'security'
from people() owner
where lower(owner.email) = $1::text or owner.cognito_sub = $1::text
on conflict on constraint notifications__once do update set
  uuid = uuidv7(),
  created_at = now(),
  read_at = null
where notifications.created_at <= now() - interval '1 day'
returning notifications.uuid
