-- Returns whether an activity has more likes and reposts than one statement should delete by cascade.
create or replace function has_many_reactions(activity activities) returns boolean
language sql stable
as $$
  select (activity).likes_count + (activity).reposts_count > 1000
$$;
