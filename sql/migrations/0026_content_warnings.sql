-- Content warnings: search finds what has one by the warning alone, and users can have all of them opened.

set local lock_timeout = '5s';

alter table users add column open_warnings boolean not null default false;
comment on column users.open_warnings is 'Whether what has a content warning is shown to them opened.';

-- Of an activity with a warning only that is found, so that a search does not show what is folded.
create or replace function fold_search() returns trigger
language plpgsql
as $$
begin
  new.folded_search := to_tsvector('simple', fold_text(coalesce(
    new.warning,
    new.message
    || coalesce((select string_agg(' ' || (image ->> 'alt'), '') from jsonb_array_elements(new.images) image), '')
  )));
  return new;
end
$$;

drop trigger activities__fold_search on activities;
create trigger activities__fold_search before insert on activities
for each row
when (octet_length(new.message) <> char_length(new.message) or new.images is not null or new.warning is not null)
execute function fold_search();

-- A moderator's warning comes later, and can go again.
create trigger activities__fold_warning before update of warning on activities
for each row when (new.warning is distinct from old.warning) execute function fold_search();

comment on column activities.folded_search is
  'Words that search finds: of the warning, else of the folded message and alt texts. Null if they equal those in search. Set by the triggers activities__fold_search and activities__fold_warning.';

update activities set folded_search = to_tsvector('simple', fold_text(warning)) where warning is not null;
