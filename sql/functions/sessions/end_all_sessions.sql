-- Ends all sessions of a user who has just proved the password or a mailed code. Returns the user, and since when devices count as
-- known again, Unix time in whole seconds; no row if the user does not exist or the account is deleted.
create or replace function end_all_sessions(sub text) returns table (user_uuid uuid, known_since bigint)
language plpgsql security definer
as $$
begin
  perform end_sessions_of(find_viewer(end_all_sessions.sub));
  return query
  select member.uuid, (floor(extract(epoch from member.signed_out_at)) + 1)::bigint
  from users member
  where member.cognito_sub = end_all_sessions.sub and isfinite(member.signed_out_at);
end
$$;
