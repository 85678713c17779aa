import { afterEach, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { blocks, follows, likes, mutes, posts, replies, reposts, sendsMessage } from '../../support/actors/actions.ts'
import { type ApiUser, expireActivities, moderators, users } from '../../support/actors/many-users.ts'
import { decides, reports, statementOf } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { db, database, actors } = site
afterEach(() => database.setOutage(false))

const PATH = '/api/profile/export'
const reportRow = async (reference: string) => {
  const [row] = await db.sql<{ uuid: string }>('select uuid from reports where reference = $1', [reference])
  return row ?? { uuid: '' }
}
const exportOf = async (who: ApiUser) => expectStatus(await who.get(PATH), 200).body

/** SQL of a text as long as the database allows, twice as long in JSON. */
const LONG = `repeat('"', 10232) || lpad(n::text, 8, '0')`
const insertActivities = (who: ApiUser, count: number) =>
  db.sql(
    `insert into activities (uuid, root_uuid, user_uuid, message, expires_at)
     select id, id, $1, ${LONG}, now() + interval '1 day'
     from (select uuidv7() as id, n from generate_series(1, $2::integer) n) fresh`,
    [who.uuid, count],
  )
const insertMessages = (who: ApiUser, group: string, count: number) =>
  db.sql(
    `insert into messages (message_group_uuid, user_uuid, message)
     select $1, $2, ${LONG} from generate_series(1, $3::integer) n`,
    [group, who.uuid, count],
  )

describe('happy', () => {
  test('exports all own data as a file', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    // Created later: the lists order users by when they joined.
    const [cleo, dora] = await users(site, 'cleo', 'dora')
    const activity = await posts(anna, 'mine "quoted"\n🔥')
    const other = await posts(ben, 'words of ben')
    const reply = await replies(anna, other, 'my answer')
    await likes(anna, other)
    await reposts(anna, other)
    await follows(anna, ben)
    await follows(cleo, anna)
    await mutes(anna, cleo)
    await mutes(anna, ben, 3_600)
    await blocks(anna, dora)
    const sent = await sendsMessage(anna, ben, 'hi ben')
    const received = await sendsMessage(ben, anna, 'hi anna')

    const answer = expectStatus(await anna.get(PATH), 200)
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="cruddur-${anna.handle}.json"`)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const lasting = { created_at: expect.any(String), expires_at: expect.any(String) }
    const forAll = { warning: null, audience: 'everyone', who_can_reply: 'everyone' }
    expect(answer.body).toEqual({
      exported_at: expect.stringMatching(/^\d{4}-.*Z$/),
      profile: {
        handle: anna.handle,
        display_name: 'Anna',
        email: `${anna.handle}@example.com`,
        bio: '',
        avatar_url: null,
        created_at: expect.stringMatching(/Z$/),
        default_ttl: '7-days',
        default_audience: 'everyone',
        approves_followers: false,
        alt_required: true,
        open_warnings: false,
        theme: 'system',
        banner_color: 'star',
      },
      cruds: [
        {
          uuid: reply.uuid,
          message: 'my answer',
          reply_to_activity_uuid: other.uuid,
          images: [],
          likes_count: 0,
          reposts_count: 0,
          ...forAll,
          ...lasting,
        },
        {
          uuid: activity.uuid,
          message: 'mine "quoted"\n🔥',
          reply_to_activity_uuid: null,
          images: [],
          likes_count: 0,
          reposts_count: 0,
          ...forAll,
          ...lasting,
        },
      ],
      messages: [
        { uuid: received.uuid, conversation_with: ben.handle, written_by: 'them', message: 'hi anna', ...lasting },
        { uuid: sent.uuid, conversation_with: ben.handle, written_by: 'me', message: 'hi ben', ...lasting },
      ],
      likes: [{ activity_uuid: other.uuid, by: ben.handle }],
      reposts: [{ activity_uuid: other.uuid, by: ben.handle }],
      following: [{ handle: ben.handle, created_at: expect.stringMatching(/Z$/) }],
      followers: [{ handle: cleo.handle, created_at: expect.stringMatching(/Z$/) }],
      requested: [],
      follow_requests: [],
      circle: [],
      blocked: [{ handle: dora.handle, created_at: expect.stringMatching(/Z$/) }],
      muted: [
        { handle: cleo.handle, ends_at: null },
        { handle: ben.handle, ends_at: expect.stringMatching(/Z$/) },
      ],
      sessions: [
        {
          browser: 'An app',
          created_at: expect.stringMatching(/Z$/),
          last_seen_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          ended_at: null,
        },
      ],
      push_subscriptions: [],
      reports: [],
      statements: [],
    })
  })

  test('exports empty lists of a new user', async () => {
    const [anna] = await users(site, 'anna')
    expect(await exportOf(anna)).toMatchObject({ cruds: [], messages: [], likes: [], followers: [], muted: [] })
  })

  test('exports large data completely and without repeats, over several round trips', {
    timeout: 60_000,
  }, async () => {
    const [anna, ben, ...fans] = await users(site, 'anna', 'ben', 'cleo')
    const { message_group_uuid: group } = await sendsMessage(ben, anna, 'the first')
    await insertActivities(anna, 450)
    await insertMessages(ben, group, 310)
    await follows(fans[0] as ApiUser, anna)
    const before = database.count()
    const file = await exportOf(anna)
    // A list that ends with a full batch needs one more trip.
    expect(database.count() - before).toBe(1 + 3 + 2)
    for (const [list, count] of [
      ['cruds', 450],
      ['messages', 311],
      ['followers', 1],
    ] as const) {
      expect(file[list], list).toHaveLength(count)
      const ids = file[list].map(({ uuid, handle }: { uuid?: string; handle?: string }) => uuid ?? handle)
      expect(new Set(ids).size, list).toBe(count)
    }
  })
})

describe('error', () => {
  test('answers 503 without a file while the database is down', async () => {
    const [anna] = await users(site, 'anna')
    database.setOutage(true)
    const answer = await anna.get(PATH)
    expectErrors(answer, 503, ['database_unavailable'])
    expect(answer.headers.get('content-disposition')).toBeNull()
  })

  test('aborts the response when the database goes down midway, so that it cannot pass for a complete file', async () => {
    const [anna] = await users(site, 'anna')
    await insertActivities(anna, 450)
    database.outageAfter(2)
    await expect(anna.get(PATH)).rejects.toThrow()
  })
})

describe('security', () => {
  test('needs a viewer whose session has not ended', async () => {
    expectErrors(await actors.visitor().get(PATH), 401, ['unauthorized'])
    const anna = await actors.join()
    const script = anna.asApiClient()
    expectStatus(await script.get(PATH), 200)
    await anna.delete('/api/session/all')
    expectErrors(await script.get(PATH), 401, ['session_ended'])
  })

  test('contains of others only messages to the user, and no secrets', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    const other = await posts(ben, 'words of ben')
    await likes(anna, other)
    await sendsMessage(ben, cleo, 'between the two')
    await follows(anna, ben)
    const { text } = await anna.get(PATH)
    for (const secret of [
      'words of ben',
      'between the two',
      `${ben.handle}@example.com`,
      anna.sub,
      ben.sub,
      ben.uuid,
    ]) {
      expect(text).not.toContain(secret)
    }
  })

  test('contains reports one made and statements one got, without what is sealed', async () => {
    const [anna, ben, [judge]] = [...(await users(site, 'anna', 'ben')), await moderators(site, 'judge')]
    const activity = await posts(anna, 'so rude')
    const { reference } = await reports(ben, activity, { note: 'the second word' })
    const waits = { reference, kind: 'activity', reason: 'harassment', state: 'open', acted: null, rule: null }
    const created_at = expect.stringMatching(/Z$/)
    expect(await exportOf(ben)).toMatchObject({ reports: [{ ...waits, created_at, decided_at: null }], statements: [] })
    await decides(judge, { uuid: (await reportRow(reference)).uuid }, { action: 'delete' })
    const uuid = await statementOf(anna)
    expectStatus(await anna.post(`/api/statements/${uuid}/appeal`, { text: 'it was not' }), 201)
    const ofBen = await exportOf(ben)
    expect(ofBen.reports).toEqual([
      { ...waits, state: 'decided', acted: true, rule: 'harassment', created_at, decided_at: created_at },
    ])
    const ofAnna = await exportOf(anna)
    expect(ofAnna).toMatchObject({ reports: [], statements: [{ uuid, action: 'delete', appealed_at: created_at }] })
    expect(JSON.stringify([ofBen, ofAnna.statements])).not.toMatch(/so rude|the second word|it was not/)
    expect(JSON.stringify(ofAnna)).not.toContain(ben.handle)
    expect(JSON.stringify(ofAnna)).not.toContain(judge.handle)
  })

  test('contains nothing expired and nothing of blocked users', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await posts(anna, 'has ended')
    const { uuid } = await posts(ben, 'hi')
    await likes(anna, { uuid })
    await reposts(anna, { uuid })
    const old = await sendsMessage(anna, ben, 'has ended')
    await sendsMessage(ben, anna, 'blocked since')
    await expireActivities(db, activity.uuid)
    await db.sql('update messages set expires_at = now() where uuid = $1', [old.uuid])
    expect(await exportOf(anna)).toMatchObject({ cruds: [], messages: [{ message: 'blocked since' }] })
    await blocks(ben, anna)
    expect(await exportOf(anna)).toMatchObject({ cruds: [], messages: [], likes: [], reposts: [] })
  })
})
