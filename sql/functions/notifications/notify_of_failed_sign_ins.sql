-- Notifies the owner of an account, if there is one, that many tries to sign in to it have failed; once a day at most.
-- account: an email in lower case, or a sub of Cognito.
create or replace function notify_of_failed_sign_ins(account text) returns void
language plpgsql security definer
as $$
begin
  insert into notifications (recipient_uuid, kind)
  select owner.uuid, 'security'
  from visible_users(null) owner
  where lower(owner.email) = notify_of_failed_sign_ins.account
    or owner.cognito_sub = notify_of_failed_sign_ins.account
  on conflict on constraint notifications__once do update
  set uuid = uuidv7(), created_at = now(), read_at = null
  where notifications.created_at <= now() - interval '1 day';
end
$$;
