-- Returns a query for one slice of time: the words of the search, each prefixed by the slice's name (sliced_words in migrations).
create or replace function sliced_query(asked tsquery, slice text) returns tsquery
language sql immutable
return case
  when querytree(sliced_query.asked) = 'T' then sliced_query.slice
  else regexp_replace(
    regexp_replace(querytree(sliced_query.asked), '<(-|\d+)>', '&', 'g'),
    '''((?:[^'']|'''')*)''', '''' || sliced_query.slice || ':\1''', 'g'
  )
end::tsquery;
