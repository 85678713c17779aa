-- Records that the avatar of a deleted account was deleted from the bucket.
create or replace function note_deleted_avatar_removed(avatar_key text) returns void
language plpgsql security definer
as $$
begin
  update deleted_accounts deletion set avatar_key = null where deletion.avatar_key = note_deleted_avatar_removed.avatar_key;
end
$$;
