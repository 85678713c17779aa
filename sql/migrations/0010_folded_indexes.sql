-- no transaction
-- The previous release still uses users__by_name, users__by_name_prefix and activities__by_sliced_word. A later one drops them.

drop index concurrently if exists users__by_folded_name;
create index concurrently users__by_folded_name on users using gin ((fold_text(handle || ' ' || display_name)) gin_trgm_ops);

drop index concurrently if exists users__by_folded_name_prefix;
create index concurrently users__by_folded_name_prefix on users (fold_text(display_name) text_pattern_ops) include (uuid);

update activities
set folded_search = to_tsvector('simple', fold_text(message))
where octet_length(message) <> char_length(message) and folded_search is null;

-- Like activities__by_sliced_word in 0004.
drop index concurrently if exists activities__by_folded_word;
create index concurrently activities__by_folded_word on activities
using gin (sliced_words(uuid, coalesce(folded_search, search))) with (fastupdate = off);
alter index activities__by_folded_word alter column 1 set statistics 0;
