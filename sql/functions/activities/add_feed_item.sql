-- Puts a new top-level activity into the feeds: those of everybody leave out what is not for everyone.
create or replace function add_feed_item(written activities) returns void
language plpgsql
as $$
begin
  insert into feed_items (uuid, actor_uuid, activity_uuid, kind)
  values (
    written.uuid, written.user_uuid, written.uuid, case when written.audience = 'everyone' then 'activity' else 'limited' end
  );
end
$$;
