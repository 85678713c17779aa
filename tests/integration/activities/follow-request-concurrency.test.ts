import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { approvesFollowers, follows, reads } from '../../support/actors/actions.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectStatusIn, inParallel } from '../../support/faults/held-transaction.ts'

const site = await openSite()
const { db } = site

test('fifty concurrent requests, withdrawals, acceptances, refusals and removals leave one row at most, and each response is true', async () => {
  for (const _ of [1, 2, 3]) {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await approvesFollowers(ben)
    const acts = [
      () => anna.put(`/api/users/@${ben.handle}/follow`),
      () => ben.put(`/api/follow-requests/@${anna.handle}`),
      () => anna.delete(`/api/users/@${ben.handle}/follow`),
      () => ben.delete(`/api/follow-requests/@${anna.handle}`),
      () => ben.delete(`/api/followers/@${anna.handle}`),
    ]
    const answers = await inParallel(50, (index) => (acts[index % acts.length] as (typeof acts)[0])())
    const of = (act: number) => answers.filter((__, index) => index % acts.length === act)
    for (const act of [0, 2, 3, 4]) expectStatusIn(of(act), [200])
    // A follow is answered by what it is then, and accepting by the follow that it made, or by 404 when nobody asked.
    for (const { body } of of(0)) expect(['requested', 'yes']).toContain(body.viewer.following)
    for (const { body } of of(2)) expect(body.viewer.following).toBe('no')
    expectStatusIn(of(1), [200, 404])
    for (const { status, body } of of(1)) if (status === 200) expect(body.viewer.followed_by).toBe(true)
    for (const { body } of of(4)) expect(body.viewer.followed_by).toBe(false)

    const rows = await db.sql<{ kind: string }>(
      `select 'follow' as kind from follows where follower_uuid = $1
       union all select 'follow_request' from follow_requests where follower_uuid = $1`,
      [anna.uuid],
    )
    expect(rows.length).toBeLessThanOrEqual(1)
    const state = { follow: 'yes', follow_request: 'requested' }[rows[0]?.kind ?? ''] ?? 'no'
    expect(await reads(anna, `/api/users/@${ben.handle}`)).toMatchObject({
      followers_count: state === 'yes' ? 1 : 0,
      viewer: { following: state },
    })
    expect(
      await db.sql('select kind from notifications where recipient_uuid = $1 and withdrawn_at is null', [ben.uuid]),
    ).toEqual(rows)
  }
})

test('follows while approval is turned on and off end as one follow once it is off', async () => {
  for (const _ of [1, 2, 3]) {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const acts = [
      () => anna.put(`/api/users/@${ben.handle}/follow`),
      () => approvesFollowers(ben),
      () => approvesFollowers(ben, false),
    ]
    await inParallel(50, async (index) => {
      await acts[index % acts.length]?.()
    })
    await approvesFollowers(ben, false)
    expect(await db.sql('select from follows where follower_uuid = $1', [anna.uuid])).toHaveLength(1)
    expect(
      await db.sql('select kind from notifications where recipient_uuid = $1 and withdrawn_at is null', [ben.uuid]),
    ).toEqual([{ kind: 'follow' }])
    expect(await db.sql('select from follow_requests where follower_uuid = $1', [anna.uuid])).toHaveLength(0)
    expect(await reads(anna, `/api/users/@${ben.handle}`)).toMatchObject({ followers_count: 1 })
  }
})

test('three users who wait for each other turn approval off and accept concurrently: all follow all', async () => {
  const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
  for (const person of [anna, ben, cleo]) await approvesFollowers(person)
  const pairs = [anna, ben, cleo].flatMap((one) =>
    [anna, ben, cleo].filter((other) => other !== one).map((other) => [one, other] as const),
  )
  await Promise.all(pairs.map(([one, other]) => follows(one, other)))
  const answers = await Promise.all([
    ...[anna, ben, cleo].map((person) =>
      person.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"approves_followers":false}'),
    ),
    ...pairs.map(([one, other]) => one.put(`/api/follow-requests/@${other.handle}`)),
  ])
  expectStatusIn(answers, [200])
  const uuids = [[anna, ben, cleo].map(({ uuid }) => uuid)]
  expect(await db.sql('select from follows where follower_uuid = any($1::uuid[])', uuids)).toHaveLength(6)
  expect(await db.sql('select from follow_requests where follower_uuid = any($1::uuid[])', uuids)).toHaveLength(0)
})
