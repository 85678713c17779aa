import { describe, expect, test } from 'vitest'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { reads, sendsMessage } from '../../support/actors/actions.ts'
import { postsImages } from '../../support/actors/images.ts'
import { moderators, users } from '../../support/actors/many-users.ts'
import { decides, reportOf, reports, reportsUser, statementOf } from '../../support/actors/reports.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

// Who may call each route and see each page of reports, statements and moderation.

const site = await openSite({ liftLimits: true })
const { actors } = site
const [judge, moderator] = await moderators(site, 'judge', 'moderator')
const SIGNED_OUT = { name: 'Nora', email: 'nora@example.com', good_faith: true }

/** From fewest rights to most: what one does is done for those after it. */
const ROLES = ['out', 'stranger', 'suspended', 'reporter', 'moderator', 'subject'] as const
type Role = (typeof ROLES)[number]

/** A report in the state that a route needs. */
async function makeReport(state: 'open' | 'decided' | 'appealed') {
  const [reporter, subject, stranger, suspended] = await users(site, 'reporter', 'subject', 'stranger', 'suspended')
  await decides(judge, await reportsUser(reporter, suspended.handle), { action: 'suspend' })
  const activity = await postsImages(subject)
  const message = await sendsMessage(subject, reporter, 'psst')
  const report = await reports(reporter, activity)
  await reads(moderator, `/api/moderation/reports/${report.uuid}`)
  let statement = crypto.randomUUID() as string
  if (state !== 'open') {
    await decides(judge, report, { action: 'delete' })
    statement = await statementOf(subject)
  }
  if (state === 'appealed')
    expectStatus(await subject.post(`/api/statements/${statement}/appeal`, { text: 'why' }), 201)
  const clients: Record<Role, Client> = { out: actors.visitor(), reporter, subject, stranger, suspended, moderator }
  return { activity, message, report, statement, clients }
}

type Fixture = Awaited<ReturnType<typeof makeReport>>
type Row = {
  state?: 'decided' | 'appealed'
  path: (fixture: Fixture) => string
  json?: (fixture: Fixture) => object
  statuses: Record<Role, number>
}

const all = (status: number): Record<Role, number> => ({
  out: status,
  stranger: status,
  suspended: status,
  reporter: status,
  moderator: status,
  subject: status,
})
const forModerators = (status: number) => ({ ...all(404), moderator: status })
const forSubject = (status: number, out: number) => ({ ...all(404), out, subject: status })
const ofReport =
  (rest = '') =>
  ({ report }: Fixture) =>
    `/api/moderation/reports/${report.uuid}${rest}`

const ROUTES: Record<string, Row> = {
  'POST /api/reports, of an activity': {
    path: () => '/api/reports',
    json: ({ activity }) => reportOf(activity, SIGNED_OUT),
    // Suspended users can report too, since signed-out people can.
    statuses: { ...all(201), subject: 422 },
  },
  'POST /api/reports, of a message': {
    path: () => '/api/reports',
    json: ({ message: { uuid, message, report_token } }) => ({
      ...{ message_uuid: uuid, message, report_token, reason: 'spam' },
      ...SIGNED_OUT,
    }),
    statuses: { ...all(404), out: 401, reporter: 201, subject: 422 },
  },
  'GET /api/reports/:reference': { path: ({ report }) => `/api/reports/${report.reference}`, statuses: all(200) },
  'GET /api/statements/:uuid': {
    state: 'decided',
    path: ({ statement }) => `/api/statements/${statement}`,
    statuses: forSubject(200, 401),
  },
  'POST /api/statements/:uuid/appeal': {
    state: 'decided',
    path: ({ statement }) => `/api/statements/${statement}/appeal`,
    json: () => ({ text: 'why' }),
    statuses: forSubject(201, 401),
  },
  'GET /api/moderation/reports': { path: () => '/api/moderation/reports', statuses: forModerators(200) },
  'GET /api/moderation/reports/:uuid': { path: ofReport(), statuses: forModerators(200) },
  'GET /api/moderation/reports/:uuid/images/1': { path: ofReport('/images/1'), statuses: forModerators(200) },
  'POST /api/moderation/reports/:uuid/decision': {
    path: ofReport('/decision'),
    json: () => ({ action: 'dismiss', rule: 'other' }),
    statuses: forModerators(204),
  },
  'POST /api/moderation/reports/:uuid/undo': {
    state: 'decided',
    path: ofReport('/undo'),
    json: () => ({}),
    statuses: forModerators(204),
  },
  'POST /api/moderation/reports/:uuid/appeal': {
    state: 'appealed',
    path: ofReport('/appeal'),
    json: () => ({ decision: 'upheld', answer: 'no' }),
    statuses: forModerators(204),
  },
  'GET /api/moderation/log': { path: () => '/api/moderation/log', statuses: forModerators(200) },
  'GET /api/transparency': { path: () => '/api/transparency', statuses: all(200) },
}

test.each(Object.entries(ROUTES))('%s', async (name, { state = 'open' as const, path, json, statuses }) => {
  const fixture = await makeReport(state)
  const [method = ''] = name.split(' ')
  const actual: Record<string, string> = {}
  for (const role of ROLES) {
    const client = fixture.clients[role]
    const answer = json ? await client.post(path(fixture), json(fixture)) : await client.send(method, path(fixture))
    actual[role] = answer.status === statuses[role] ? String(answer.status) : `${answer.status} ${answer.text}`
  }
  expect(actual).toEqual(Object.fromEntries(ROLES.map((role) => [role, String(statuses[role])])))
})

describe('pages', () => {
  test.each([
    ['/moderation', { ...all(404), out: 302, moderator: 200 }],
    ['/moderation?state=log', { ...all(404), out: 302, moderator: 200 }],
    ['/moderation?report=', { ...all(404), out: 302, moderator: 200 }],
    ['/statements/', { ...all(404), out: 302, subject: 200 }],
    ['/report?reference=', all(200)],
    ['/report?activity=', all(200)],
  ])('%s', async (page, statuses) => {
    const { activity, report, statement, clients } = await makeReport('decided')
    const shown = {
      '/moderation?report=': report.uuid,
      '/statements/': statement,
      '/report?reference=': report.reference,
    }
    const rest = Object.entries({ ...shown, '/report?activity=': activity.uuid }).find(([start]) => start === page)?.[1]
    const actual: Partial<Record<Role, number>> = {}
    for (const role of ROLES) actual[role] = (await clients[role].visits(`${page}${rest ?? ''}`)).status
    expect(actual).toEqual(statuses)
  })
})

test('a suspended moderator opens and decides nothing', async () => {
  const [suspended] = await moderators(site, 'suspended')
  const { report, clients } = await makeReport('open')
  await decides(judge, await reportsUser(clients.reporter, suspended.handle), { action: 'suspend' })
  const path = `/api/moderation/reports/${report.uuid}`
  expectStatus(await suspended.get(path), 403)
  expectStatus(await suspended.post(`${path}/decision`, { action: 'dismiss', rule: 'other' }), 403)
})
