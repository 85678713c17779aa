-- Returns the state of a valid token's session; one row. `problem` is null for a live session, and `account` shows its user.
-- Otherwise `problem` is `deleted` (the account), `ended` (the session) or `unknown` (the sub has no user yet).
create or replace function session_state(sub text, auth_time bigint, session_hash text)
returns table (problem text, account json)
language sql stable
as $$
  select
    checked.problem,
    case when checked.problem is null then (
      select json_build_object(
        'user', row_to_json(shown),
        'follows_nobody', not exists (select from follows where follows.follower_uuid = member.uuid),
        'preferences', user_preferences(member)
      )
      from users member
      join shown_users() shown on shown.uuid = member.uuid
      where member.uuid = checked.user_uuid
    ) end
  from (
    select
      known.user_uuid,
      case
        when is_account_deleted(session_state.sub) then 'deleted'
        when known.has_ended then 'ended'
        when known.user_uuid is null then 'unknown'
      end as problem
    from find_session(session_state.sub, session_state.auth_time, session_state.session_hash) known
  ) checked
$$;
