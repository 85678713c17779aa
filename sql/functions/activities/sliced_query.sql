-- A search in one slice of time: the words that a hit must have, each with the slice's name (sliced_words in the migrations).
create or replace function sliced_query(asked tsquery, slice text) returns tsquery
language sql immutable
return case
  when querytree(sliced_query.asked) = 'T' then sliced_query.slice
  else regexp_replace(
    regexp_replace(querytree(sliced_query.asked), '<(-|\d+)>', '&', 'g'),
    '''((?:[^'']|'''')*)''', '''' || sliced_query.slice || ':\1''', 'g'
  )
end::tsquery;
