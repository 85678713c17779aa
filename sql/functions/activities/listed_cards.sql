-- The cards of listed activities: of those that the viewer may see, without muted authors. Ask for one by its uuid, in a lateral with
-- limit 1; an activity that is not listed has none, which is how a list leaves it out.
create or replace function listed_cards(viewer uuid) returns table (uuid uuid, activity json)
language sql stable
as $$
  select cards.uuid, cards.activity
  from activity_cards(listed_cards.viewer) cards
  where cards.user_uuid <> all (array(select muted.uuid from muted_users(listed_cards.viewer) muted))
$$;
