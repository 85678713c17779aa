-- Records that these avatars were deleted from the bucket.
create or replace function delete_image_removals(avatar_keys text[]) returns void
language plpgsql security definer
as $$
begin
  delete from image_removals removal where removal.avatar_key = any (delete_image_removals.avatar_keys);
end
$$;
