-- Search folds accents: `cafe` finds an activity that says café.

-- Returns a text in lower case and without accents, for search. Not the extension unaccent: its rules may change with a release of
-- Postgres, and existing indexes would silently be wrong. Removes the combining marks of Latin, Greek and Cyrillic letters (U+0300
-- to U+036F); those of other scripts stay, because they distinguish words. Postgres inlines the function into queries.
create function fold_text(written text) returns text
language sql immutable parallel safe
return case
  when octet_length(written) = char_length(written) then lower(written)
  -- Unicode does not decompose letters with a stroke or ligatures.
  else replace(replace(replace(
    translate(
      normalize(regexp_replace(lower(normalize(written, nfkd)), '[\u0300-\u036f]', '', 'g'), nfc),
      'øłđħŧıð', 'oldhtid'
    ),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
end;

-- Not a generated column: adding one rewrites the table under an exclusive lock (7 s for 100,000 activities).
alter table activities add column folded_search tsvector;
comment on column activities.folded_search is
  'Words of the folded message; null if they equal those in search. Set by the trigger activities__fold_search.';

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
