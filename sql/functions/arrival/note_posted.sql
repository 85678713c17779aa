-- Notes that a user has posted: home then no longer suggests a first crud. Writes once.
create or replace function note_posted(author uuid) returns void
language sql
as $$
  update users set has_posted = true where users.uuid = note_posted.author and not users.has_posted
$$;
