-- Returns a search query for one time slice: its words, each prefixed by the slice's name, as sliced_words (migration 0004) indexes
-- them. `T`: the query has no word that an index can find, so it becomes the slice alone.
create or replace function time_slice_query(search_query tsquery, slice text) returns tsquery
language sql immutable
return case
  when querytree(time_slice_query.search_query) = 'T' then time_slice_query.slice
  else regexp_replace(
    regexp_replace(querytree(time_slice_query.search_query), '<(-|\d+)>', '&', 'g'),
    '''((?:[^'']|'''')*)''', '''' || time_slice_query.slice || ':\1''', 'g'
  )
end::tsquery;
