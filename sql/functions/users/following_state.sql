-- Returns whether a user follows another: 'yes', 'requested' (the follow waits for approval) or 'no'.
create or replace function following_state(follower uuid, followed uuid) returns text
language sql stable
as $$
  select case
    when exists (
      select from follows
      where follows.follower_uuid = following_state.follower and follows.followed_uuid = following_state.followed
    ) then 'yes'
    when exists (
      select from follow_requests request
      where request.follower_uuid = following_state.follower and request.followed_uuid = following_state.followed
    ) then 'requested'
    else 'no'
  end
$$;
