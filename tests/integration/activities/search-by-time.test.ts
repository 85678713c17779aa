import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { blocks, mutes, readPages } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'

// More activities than a search scans one by one, so that it uses the index of words by time (decision 23).

const site = await openSite()
const { db } = site
let anna: ApiUser
beforeAll(async () => {
  const [viewer, ben, blocked, muted] = await users(site, 'anna', 'ben', 'blocked', 'muted')
  anna = viewer
  await blocks(anna, blocked)
  await mutes(anna, muted)
  // Over 29 days; one in nine is expired, two in seven are by users whom anna blocks or mutes.
  await db.sql(
    `insert into activities (uuid, root_uuid, user_uuid, message, created_at, expires_at)
     select id, id, who[case n % 7 when 0 then 2 when 1 then 3 else 1 end], words, now() - age, case when n % 9 = 0 then now() - age + age / 2 else now() + interval '2 hours' end
     from (
       select n, age, uuidv7(-age) as id, array[$1::uuid, $2::uuid, $3::uuid] as who,
         'filler ' || case when n % 2 = 0 then 'half ' else '' end || case when n % 40 = 1 then 'seldom ' else '' end
         || case when n between 1700 and 2300 then 'event it''s over ' else '' end
         || case when n > 2500 then 'bygone ' || case when n % 2 = 0 then 'twice said' else 'said twice' end else '' end
         || case when n = 2000 then ' "quoted" \\ <b> a&b c|d Žluť 猫 http://example.com/a?b=1' else '' end as words
       from (
         -- Half of all in the newest days, 600 within an hour, the others evenly.
         select n, case when n < 1700 then n * interval '4 minutes'
           when n <= 2300 then interval '9 days' + (n - 1700) * interval '6 seconds'
           else interval '10 days' + (n - 2300) * interval '38 minutes' end + interval '1 second' as age
         from generate_series(1, 3000) n
       ) aged
     ) posted`,
    [ben.uuid, blocked.uuid, muted.uuid],
  )
})

/** The expected results, by plain SQL; a scheme is in no index. */
const expected = async (term: string) => {
  const rows = await db.sql<{ uuid: string }>(
    `select activities.uuid from activities join users on users.uuid = user_uuid
     where search @@ websearch_to_tsquery('simple', $1) and expires_at > now() and handle like 'ben%'
     order by activities.uuid desc`,
    [term.replace('http://', '')],
  )
  return rows.map(({ uuid }) => uuid)
}

test.each([
  ['a frequent word', 'half', 100],
  ['a rare word', 'seldom', 7],
  ['a word of old activities only', 'bygone', 50],
  ['a word of one hour only', 'event', 100],
  ['an unused word', 'nothinghasit', 20],
  ['several words', 'filler seldom bygone', 7],
  ['one word without another', 'bygone -seldom', 50],
  ['an exclusion alone', '-filler', 20],
  ['either of two words', 'event or seldom', 100],
  ['a phrase', '"said twice"', 50],
  ['a phrase without another', '"twice said" -"said twice"', 50],
  ['a word without a phrase', 'bygone -"said twice"', 50],
  ['an apostrophe', "it's over", 100],
  ['letters of other alphabets', 'žluť 猫', 20],
  ['a URL', 'http://example.com/a?b=1', 20],
  ['punctuation', 'a&b c|d \\ <b>', 20],
] as const)('finds %s, newest first, without repeats: %s', async (_, term, limit) => {
  const found = (await readPages(anna, `/api/activities/search?term=${encodeURIComponent(term)}`, limit)).flat()
  expect(found).toEqual(await expected(term))
  expect(found.length > 0, 'the fixture has some').toBe(term !== 'nothinghasit' && term !== '-filler')
})

test('a word of one hour stands in hundreds of activities', async () => {
  expect((await expected('event')).length).toBeGreaterThan(300)
})
