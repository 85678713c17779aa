-- Live cruds, each at a random point of its lifetime, as on a site that has run for months: every minute some expire. The
-- counts of likes, reposts and replies are chosen here; later statements insert as many rows. The first 300 cruds are by the
-- famous user, and the very first has 200 replies. A third is not for everyone; cruds with the rare word are.
create temporary table crud as
select
  generated.n,
  generated.author,
  person.uuid as author_uuid,
  generated.uuid,
  generated.audience,
  uuid_extract_timestamp(generated.uuid) as at,
  uuid_extract_timestamp(generated.uuid) + life as ends_at,
  least(people - 1, likes * case generated.author when 1 then 1 + people / 1000 else 1 end + case generated.author when 3 then 3 else 0 end) as likes,
  case when generated.audience = 'everyone' then least(people - 1, reposts) else 0 end as reposts,
  case generated.n when 1 then 200 else replies end as replies,
  tag,
  mentioned.n as mentions,
  first.text || ' ' || second.text
    || case when generated.n * 12::bigint % cruds < 12 then ' rarity' else '' end
    || case when generated.n % 10 = 0 and age > interval '20 days' then ' bygone' else '' end
    || coalesce(' #' || tag, '')
    || coalesce(' @' || mentioned.handle, '') as message
from (
  select
    aged.*,
    uuidv7(-age) as uuid,
    case when n % 3 = 2 and n * 12::bigint % cruds >= 12 then (array['followers', 'circle', 'mentioned'])[1 + n / 3 % 3]
      else 'everyone' end as audience,
    case
      when n <= least(300, cruds * 3 / 100) then 1
      when n <= least(300, cruds * 3 / 100) + least(20, cruds / 100) then 2
      when n <= least(300, cruds * 3 / 100) + least(60, cruds / 50) then 3
      else 4 + floor((people - 3) * power(random(), 2))::integer
    end as author,
    floor(power(1 - random(), -0.5))::integer - 1 as likes,
    floor(power(1 - random(), -0.25))::integer - 1 as reposts,
    floor(power(1 - random(), -0.25))::integer - 1 as replies,
    case when random() < 0.2 then 'tag' || floor(power(3000, random())) end as tag,
    case when random() < 0.05 then 1 + floor(people * random())::integer end as mention,
    1 + floor(20000 * random())::integer as first_phrase,
    1 + floor(20000 * random())::integer as second_phrase
  from (
    select n, cruds, people, life, case n when 1 then interval '1 day' else life * random() end as age
    from (
      select current_setting('fill.cruds')::integer as cruds, current_setting('fill.people')::integer as people
    ) given
    cross join lateral (select n, random() as luck from generate_series(1, cruds) n) drawn
    cross join lateral (
      select case
        when n = 1 or luck < 0.25 then interval '30 days'
        when luck < 0.8 then interval '7 days'
        when luck < 0.9 then interval '3 days'
        when luck < 0.96 then interval '1 day'
        when luck < 0.985 then interval '12 hours'
        when luck < 0.995 then interval '3 hours'
        else interval '1 hour'
      end as life
    ) lifetime
  ) aged
) generated
join person on person.n = generated.author
join phrase first on first.n = first_phrase
join phrase second on second.n = second_phrase
left join person mentioned on mentioned.n = mention
