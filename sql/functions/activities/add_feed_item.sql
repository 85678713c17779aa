-- Adds a new top-level activity to the feeds. Unless it is for everyone its kind is `limited`, which feeds of all users skip.
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
