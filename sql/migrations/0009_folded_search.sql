-- Search folds accents: `cafe` finds an activity that says café.

-- A text in lower case and without accents, as it is searched for. Ours rather than the extension unaccent: its rules may change
-- with a release of Postgres, and an index made by the old ones would go wrong unnoticed. Takes the marks of Latin, Greek and
-- Cyrillic letters (U+0300 to U+036F) and leaves those of other scripts, which tell words apart. Inlined into what uses it.
create function fold_text(written text) returns text
language sql immutable parallel safe
return case
  when octet_length(written) = char_length(written) then lower(written)
  -- Letters with a stroke and ligatures are letters of their own to Unicode.
  else replace(replace(replace(
    translate(
      normalize(regexp_replace(lower(normalize(written, nfkd)), '[\u0300-\u036f]', '', 'g'), nfc),
      'øłđħŧıð', 'oldhtid'
    ),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
end;

-- Not a generated column: that would rewrite the table under a lock, 7 s for 100,000 activities.
alter table activities add column folded_search tsvector;
comment on column activities.folded_search is
  'The words of the folded message; null: they are those of search. Set by the trigger activities__fold_search.';

create function fold_search() returns trigger
language plpgsql
as $$
begin
  new.folded_search := to_tsvector('simple', fold_text(new.message));
  return new;
end
$$;

create trigger activities__fold_search before insert on activities
for each row when (octet_length(new.message) <> char_length(new.message)) execute function fold_search();
