-- A word for each rank, and phrases in which the word of rank r occurs 1/r as often as the first (Zipf's law).
create function pg_temp.word(rank integer) returns text language sql immutable return
  (array['ka', 'lo', 'mi', 'ne', 'ru', 'sa', 'ti', 'vo', 'be', 'du', 'fa', 'gi'])[1 + rank / 144 % 12]
  || (array['la', 'no', 'ri', 'se', 'tu', 'wa', 'zi', 'ko', 'me', 'pu', 'ha', 'ji'])[1 + rank / 12 % 12]
  || (array['n', 'r', 's', 't', 'l', 'm', 'k', 'd', 'x', 'b', 'g', 'p'])[1 + rank % 12]
  || repeat('e', rank / 1728);

create temporary table phrase as
select n, string_agg(pg_temp.word(rank), ' ') as text
from (
  select n, floor(power(8000, random()))::integer - 1 as rank
  from generate_series(1, 20000) n
  cross join generate_series(0, 2 + n % 3)
) zipf
group by n
