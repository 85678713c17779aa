-- Notifies the owner of an account, if it exists, of many failed sign-ins; at most once a day. Returns whom to nudge. account: an
-- email in lower case, or a Cognito sub.
create or replace function notify_of_failed_sign_ins(account text) returns table (nudged json)
language plpgsql security definer
as $$
declare
  recipient uuid;
begin
  insert into notifications (recipient_uuid, kind)
  select owner.uuid, 'security'
  from visible_users(null) owner
  where lower(owner.email) = notify_of_failed_sign_ins.account
    or owner.cognito_sub = notify_of_failed_sign_ins.account
  on conflict on constraint notifications__once do update
  set uuid = uuidv7(), created_at = now(), read_at = null
  where notifications.created_at <= now() - interval '1 day'
  returning notifications.recipient_uuid into recipient;

  return query select nudges_to(array[recipient], null);
end
$$;
