create temporary table reply as
select
  parent.uuid as parent_uuid,
  parent.author_uuid as parent_author_uuid,
  person.uuid as author_uuid,
  generated.uuid,
  uuid_extract_timestamp(generated.uuid) as at,
  parent.ends_at,
  parent.audience,
  phrase.text as message
from (
  select
    n as parent,
    uuidv7((at - now()) * random()) as uuid,
    4 + floor((current_setting('fill.people')::integer - 3) * power(random(), 2))::integer as author,
    1 + floor(20000 * random())::integer as phrase
  from crud
  cross join generate_series(1, replies)
) generated
join crud parent on parent.n = generated.parent
join person on person.n = generated.author
join phrase on phrase.n = generated.phrase
