import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CognitoEndpoint } from '../../../local/cognito/endpoint.ts'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite({ pool: { clientSecret: 'a-client-secret' } })
const { actors, cognito } = site
type Changes = Parameters<CognitoEndpoint['configure']>[0]
const RIGHT_CONFIG: Changes = {
  clientId: cognito.clientId,
  clientSecret: 'a-client-secret',
  flows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
  delivers: true,
  firewall: undefined,
  refusal: undefined,
}

let anna: Actor
let unconfirmed: Actor
beforeAll(async () => {
  anna = await actors.join()
  unconfirmed = actors.unregistered('uwe')
  await unconfirmed.signsUp()
})
afterEach(() => cognito.configure(RIGHT_CONFIG))

const linesOf = ({ headers }: Answer) =>
  site.log
    .filter((line) => line.startsWith('{') && line.includes(headers.get('x-request-id') ?? '-'))
    .map((line) => JSON.parse(line))

/** Expects a 503 and one log line with Cognito's error code, without secrets. */
function expectMisconfigured(answer: Answer, code: string): void {
  expectErrors(answer, 503, ['identity_misconfigured'])
  expect(answer.headers.get('retry-after')).toBe('5')
  const errors = linesOf(answer).filter(({ event }) => event === 'error')
  expect(errors).toMatchObject([{ codes: ['identity_misconfigured'], causes: [{}, { name: 'CognitoError', code }] }])
  expect(JSON.stringify(errors)).not.toMatch(/client|@|secret/i)
}

const calls = {
  'sign-in': () => anna.onAnotherDevice().post('/api/session', { email: anna.email, password: PASSWORD }),
  'sign-up': () => actors.visitor().post('/api/session/sign-up', actors.unregistered().details),
  confirm: () => actors.visitor().post('/api/session/confirm', { email: unconfirmed.email, code: '123456' }),
  resend: () => actors.visitor().post('/api/session/resend', { email: unconfirmed.email }),
  recover: () => actors.visitor().post('/api/session/recover', { email: anna.email }),
}
type Call = keyof typeof calls
const ALL = Object.keys(calls) as Call[]
/** The calls that mail a code. */
const MAILING: Call[] = ['sign-up', 'resend', 'recover']

const FAULTS: [string, Changes, string, Call[]][] = [
  ['an unknown client', { clientId: 'replaced' }, 'ResourceNotFoundException', ALL],
  ['a wrong client secret', { clientSecret: 'another' }, 'NotAuthorizedException', ALL],
  ['a disabled flow', { flows: ['ALLOW_USER_SRP_AUTH'] }, 'InvalidParameterException', ['sign-in']],
  ['a firewall that answers HTML', { firewall: 'html' }, 'ForbiddenException', ALL],
  ['a firewall that answers JSON', { firewall: 'json' }, 'ForbiddenException', ALL],
  ['failing mail delivery', { delivers: false }, 'CodeDeliveryFailureException', MAILING],
  ...[
    'InvalidUserPoolConfigurationException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'InvalidLambdaResponseException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
  ].map((name): [string, Changes, string, Call[]] => [name, { refusal: name }, name, ALL]),
]

describe('a misconfigured Cognito answers 503 identity_misconfigured, and is logged', () => {
  test.each(FAULTS.flatMap(([name, changes, code, which]) => which.map((call) => ({ name, changes, code, call }))))(
    '$name: $call',
    async ({ changes, code, call }) => {
      cognito.configure(changes)
      expectMisconfigured(await calls[call](), code)
    },
  )

  test('attempts and mails are not counted meanwhile', async () => {
    const ben = await actors.join('ben')
    cognito.configure({ clientSecret: 'another' })
    for (let i = 0; i < 6; i += 1) {
      expectStatus(await ben.onAnotherDevice().post('/api/session', { email: ben.email, password: PASSWORD }), 503)
      expectStatus(await actors.visitor().post('/api/session/recover', { email: ben.email }), 503)
    }
    cognito.configure(RIGHT_CONFIG)
    await ben.onAnotherDevice().signsIn()
    expectStatus(await actors.visitor().post('/api/session/recover', { email: ben.email }), 204)
  })

  test('the page shows the error and keeps the input', async () => {
    cognito.configure({ flows: ['ALLOW_USER_SRP_AUTH'] })
    const page = await anna.onAnotherDevice().submits('/signin', { email: anna.email, password: PASSWORD })
    expectStatus(page, 503)
    expect(page.text).toContain('that’s our fault')
    expect(page.text).toContain(anna.email)
  })

  test('a confirmation works without the flow that would sign in after it', async () => {
    const cleo = actors.unregistered('cleo')
    await cleo.signsUp()
    cognito.configure({ flows: ['ALLOW_USER_PASSWORD_AUTH'] })
    expect((await cleo.confirms()).body).toEqual({ viewer: null })
    await cleo.signsIn()
  })
})

describe('an email that Cognito rejects is an input error', () => {
  const email = `${'a'.repeat(150)}@example.com`

  test('at sign-up: 422 for the field, with a message', async () => {
    const { details } = actors.unregistered()
    const answer = await actors.visitor().post('/api/session/sign-up', { ...details, email })
    expectErrors(answer, 422, [{ code: 'email_invalid', field: 'email' }])
    expect(linesOf(answer).filter(({ event }) => event === 'error')).toEqual([])
    const page = await actors.visitor().submits('/signup', { ...details, email })
    expectStatus(page, 422)
    expect(page.text).toContain('Enter a full email address, like name@example.com.')
  })

  test('elsewhere: answers as for an email without an account', async () => {
    expectStatus(await actors.visitor().post('/api/session/recover', { email }), 204)
    expectStatus(await actors.visitor().post('/api/session/resend', { email }), 204)
  })
})
