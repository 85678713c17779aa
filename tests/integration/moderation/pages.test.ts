import { afterEach, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { blocks, sendsMessage } from '../../support/actors/actions.ts'
import { moderators, users } from '../../support/actors/many-users.ts'
import { decides, statementOf } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

// The pages without script.

const site = await openSite()
const { actors, db } = site
const [judge] = await moderators(site, 'judge')
afterEach(() => site.database.setOutage(false))

/** The hidden fields of a page's report form. */
const hiddenIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...html.matchAll(/<input type="hidden" name="(activity_uuid|message|warning|report_token|by)" value="([^"]*)"/g),
    ].map(([, name = '', value = '']) => [name, value]),
  )

test('report, decide, statement, appeal and answer', async () => {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const activity = await anna.posts('so rude')
  const page = expectStatus(await ben.visits(`/report?activity=${activity.uuid}`), 200)
  expect(page.text).toContain(`What’s wrong with this crud by @${anna.handle}?`)
  expect(page.text).toMatch(new RegExp(`href="/@${anna.handle}/status/${activity.uuid}"[^>]*>Cancel`))
  const fields = hiddenIn(page.text)
  expect(fields).toMatchObject({ activity_uuid: activity.uuid, message: 'so rude' })

  // It ends while the page is open.
  await anna.deletes(activity)
  const refused = expectStatus(await ben.submits('/report', { ...fields, note: 'look' }), 422)
  expect(refused.text).toContain('Pick what’s wrong with it.')
  expect(hiddenIn(refused.text)).toEqual(fields)
  const sent = expectStatus(await ben.submits('/report', { ...fields, reason: 'harassment', also: 'block' }), 303)
  const [answerPath = '', next] = (sent.headers.get('location') ?? '').split('&next=')
  expect(answerPath).toMatch(/^\/report\?reference=/)
  const arrived = expectStatus(await ben.visits(sent.headers.get('location') ?? ''), 200).text
  expect(arrived).toContain('You’ll get a notification when it’s decided.')
  expect(arrived).toContain(`href="${decodeURIComponent(next ?? '')}"`)
  expect(expectStatus(await actors.visitor().visits(answerPath), 200).text).toContain('A moderator will look at it.')

  const [report] = await db.sql<{ uuid: string }>('select uuid from reports where subject_uuid = $1', [activity.uuid])
  await decides(judge, report ?? { uuid: '' }, { action: 'delete', statement: 'It insults.' })
  expect((await actors.visitor().visits(answerPath)).text).toContain('A moderator acted on your report.')
  expect((await ben.visits('/notifications')).text).toContain(answerPath)
  const path = `/statements/${await statementOf(anna)}`
  expect((await anna.visits('/notifications')).text).toContain(path)
  expect(expectStatus(await anna.visits(path), 200).text).toContain('It insults.')
  expect(expectStatus(await anna.submits(path, { text: '' }), 422).text).toContain('Say why the decision is wrong.')
  expectStatus(await anna.submits(path, { text: 'I did not' }), 200)
  expect((await anna.visits(path)).text).toContain('You have appealed.')
})

test('signed out, a report asks for name, email and good faith, and keeps the words', async () => {
  const anna = await actors.join('anna')
  const activity = await anna.posts('so rude')
  const visitor = actors.visitor()
  const fields = hiddenIn(expectStatus(await visitor.visits(`/report?activity=${activity.uuid}`), 200).text)
  const filled = { ...fields, reason: 'hate', note: 'in the second word' }
  const refused = expectStatus(await visitor.submits('/report', filled), 422)
  expect(refused.text).toContain('Tell us who you are.')
  expect(refused.text).toContain('in the second word')
  const good = { name: 'Nora', email: 'nora@example.com', good_faith: 'on' }
  expectStatus(await visitor.submits('/report', { ...filled, ...good }), 303)
})

test('a message is reported from its conversation, with the text and token that it showed', async () => {
  const ben = await actors.join('ben')
  const [anna] = await users(site, 'anna')
  const sent = await sendsMessage(anna, ben, 'so <rude>')
  const conversation = expectStatus(await ben.visits(`/messages/${sent.message_group_uuid}`), 200).text
  expect(conversation).toContain(`name="report_token" value="${sent.report_token}"`)
  const opening = {
    message_uuid: sent.uuid,
    message: sent.message,
    report_token: sent.report_token,
    conversation: sent.message_group_uuid,
    by: anna.handle,
    intent: 'open',
  }
  const page = expectStatus(await ben.submits('/report', opening), 200)
  expect(page.text).toContain(`What’s wrong with this message by @${anna.handle}?`)
  expect(page.text).toMatch(new RegExp(`href="/messages/${sent.message_group_uuid}"[^>]*>Cancel`))
  expect(page.text).toContain('so &lt;rude&gt;')
  expect(await db.sql('select from reports where subject_uuid = $1', [sent.uuid])).toEqual([])
  const { intent: _, ...fields } = opening
  expectStatus(await ben.submits('/report', { ...fields, reason: 'harassment', note: 'look' }), 303)
  // Twice the same is one report.
  expectStatus(await ben.submits('/report', { ...fields, reason: 'spam' }), 303)
  expect(await db.sql('select kind from reports where subject_uuid = $1', [sent.uuid])).toEqual([{ kind: 'message' }])
})

test('what cannot be reported is refused in a sentence, with the words, and nothing is stored', async () => {
  const ben = await actors.join('ben')
  const [anna, gone, cleo] = await users(site, 'anna', 'gone', 'cleo')
  const own = await ben.posts('mine')
  const ofGone = await sendsMessage(gone, ben, 'bye')
  const ofOthers = await sendsMessage(anna, cleo, 'psst')
  await blocks(anna, ben)
  await db.sql('insert into deleted_accounts (user_uuid) values ($1)', [gone.uuid])
  const tokenOf = ({ uuid, message, report_token }: typeof ofGone) => ({ message_uuid: uuid, message, report_token })
  const { uuid, message, report_token = '' } = own
  for (const [fields, status, sentence] of [
    [{ activity_uuid: uuid, message, report_token }, 422, 'You can’t report yourself.'],
    [{ handle: ben.handle }, 422, 'You can’t report yourself.'],
    [{ handle: anna.handle }, 404, 'You can’t report what isn’t shown to you.'],
    [{ handle: 'nobody_has_this' }, 404, 'You can’t report what isn’t shown to you.'],
    [{ handle: gone.handle }, 404, 'You can’t report what isn’t shown to you.'],
    [tokenOf(ofOthers), 404, 'You can’t report what isn’t shown to you.'],
    [tokenOf(ofGone), 410, 'It can’t be reported any more.'],
    [{ ...tokenOf(ofGone), message: 'changed' }, 422, 'This text has changed'],
  ] as const) {
    const answer = await ben.submits('/report', { ...fields, reason: 'spam', note: 'as I said' })
    expect([answer.status, answer.text.includes(sentence), answer.text.includes('as I said')], sentence).toEqual([
      status,
      true,
      true,
    ])
  }
  expect(
    await db.sql('select from reports where reporter_uuid = (select uuid from users where handle = $1)', [ben.handle]),
  ).toEqual([])
})

test('while the database is down, a report is 503 and shows the words, signed in and out', async () => {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const { uuid, message, report_token = '' } = await anna.posts('so rude')
  const fields = { activity_uuid: uuid, message, report_token, reason: 'spam', note: 'as I said' }
  site.database.setOutage(true)
  for (const who of [ben, actors.visitor()]) {
    const answer = await who.submits('/report', { ...fields, name: 'Nora', email: 'n@example.com', good_faith: 'on' })
    expect([answer.status, answer.text.includes('as I said')]).toEqual([503, true])
  }
})

test('a report of nothing offers to look one up', async () => {
  for (const path of ['/report', '/report?user=nobody_has_this', `/report?activity=${crypto.randomUUID()}`]) {
    expect(expectStatus(await actors.visitor().visits(path), 200).text).toContain('enter its reference')
  }
  expect((await actors.visitor().visits('/report?reference=x')).text).toContain(
    'There is no report with this reference.',
  )
})

test('a statement is for its addressee', async () => {
  const [anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  const [row] = await db.sql<{ uuid: string }>(
    `insert into statements (user_uuid, moderator_uuid, kind, subject_uuid, action, rule, statement)
     select uuid, uuidv7(), 'user', uuid, 'delete', 'spam', 'secretreason' from users where handle = $1 returning uuid`,
    [anna.handle],
  )
  const path = `/statements/${row?.uuid}`
  expect(expectStatus(await ben.visits(path), 404).text).not.toContain('secretreason')
  expectStatus(await actors.visitor().visits(path), 302)
  expectErrors(await ben.get(`/api${path}`), 404, ['not_found'])
})

test('a moderator decides on the page, undoes it, and answers an appeal', async () => {
  const [anna, ben, mod] = await Promise.all([actors.join('anna'), actors.join('ben'), actors.join('mod')])
  await site.cognito.setGroups(mod.email, ['moderators'])
  await mod.signsIn()
  for (const [who, isLinked] of [
    [mod, true],
    [ben, false],
  ] as const) {
    expect((await who.visits('/settings')).text.includes('href="/moderation"')).toBe(isLinked)
  }
  const { uuid, message, report_token } = await anna.posts('so rude')
  const json = { activity_uuid: uuid, message, report_token, reason: 'harassment', note: 'look' }
  const report = expectStatus(await ben.post('/api/reports', json), 201).body
  const path = `/moderation?report=${report.uuid}`
  expect((await mod.visits('/moderation')).text).toContain(`Crud by @${anna.handle}`)
  for (const [filter, isShown] of [
    ['kind=activity&reason=harassment', true],
    ['kind=user', false],
    ['reason=spam', false],
    ['reason=nonsense', true],
  ] as const) {
    expect((await mod.visits(`/moderation?state=open&${filter}`)).text.includes(path), filter).toBe(isShown)
  }
  const opened = expectStatus(await mod.visits(path), 200).text
  expect(opened).toContain('so rude')
  expect(opened).toContain('look')

  const fields = { report: report.uuid, rule: 'harassment', statement: 'It insults.' }
  expect(expectStatus(await mod.submits(path, { ...fields, intent: 'delete', statement: ' ' }), 422).text).toContain(
    'Say why',
  )
  expectStatus(await mod.submits(path, { ...fields, intent: 'suspend', days: '3' }), 303)
  expectErrors(await anna.post('/api/activities', { message: 'hi', ttl: '1-hour' }), 403, ['suspended'])
  expectStatus(await mod.submits('/moderation', { report: report.uuid, intent: 'undo' }), 303)
  expectStatus(await mod.submits(path, { ...fields, intent: 'delete' }), 303)
  expectStatus(await anna.submits(`/statements/${await statementOf(anna)}`, { text: 'I did not' }), 200)
  expect((await mod.visits('/moderation?state=appealed')).text).toContain(path)
  expect((await mod.visits(path)).text).toContain('I did not')
  const log = expectStatus(await mod.visits('/moderation?state=log'), 200).text
  expect(log).toContain(`@${mod.handle} put something out`)
  for (const who of [anna, ben]) expectStatus(await who.visits(path), 404)
})
