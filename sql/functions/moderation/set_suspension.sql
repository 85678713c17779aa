-- Sets a user's suspension to the latest end of their statements in force; null if there is none. The trigger
-- users__hide_suspended hides them.
create or replace function set_suspension(suspended uuid) returns void
language plpgsql
as $$
begin
  perform from users person where person.uuid = set_suspension.suspended for no key update;
  update users person
  set suspended_until = (
    select max(written.suspended_until)
    from statements written
    where written.user_uuid = set_suspension.suspended and written.undone_at is null and written.suspended_until > now()
  )
  where person.uuid = set_suspension.suspended;
end
$$;
