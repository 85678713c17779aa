-- Deletes a session's sealed refresh token. is_revoked: Cognito has revoked it; otherwise it never will.
create or replace function settle_revocation(session_hash text, is_revoked boolean) returns void
language plpgsql security definer
as $$
begin
  update sessions session
  set revoked_at = case when settle_revocation.is_revoked then now() end, sealed_refresh_token = null
  where session.hash = settle_revocation.session_hash;
end
$$;
