-- Returns the cards of listed activities: visible to the viewer, and not by muted authors. Select one by its uuid, in a lateral
-- with limit 1; an unlisted activity has no row, so the join omits it.
create or replace function listed_cards(viewer uuid) returns table (uuid uuid, user_uuid uuid, audience text, activity json)
language sql stable
as $$
  select cards.uuid, cards.user_uuid, cards.audience, cards.activity
  from activity_cards(listed_cards.viewer) cards
  where cards.user_uuid <> all (array(select muted.uuid from muted_users(listed_cards.viewer) muted))
$$;
