import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CognitoEndpoint, startCognitoEndpoint } from '../local/cognito/endpoint.ts'
import { runModerator } from './moderator.ts'

let pool: CognitoEndpoint
let env: Record<string, string>
const EMAIL = 'anna@example.com'
const PASSWORD = 'Cruddur-2026!'
beforeAll(async () => {
  pool = await startCognitoEndpoint({ port: 0, onCode: () => {} })
  await pool.addUser({ email: EMAIL, password: PASSWORD, handle: 'anna', display_name: 'Anna' })
  env = {
    COGNITO_REGION: pool.region,
    COGNITO_USER_POOL_ID: pool.userPoolId,
    COGNITO_CLIENT_ID: pool.clientId,
    COGNITO_ENDPOINT: pool.endpoint,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  }
})
afterAll(() => pool.stop())

/** Signs anna in; returns the groups in her access token. */
async function groups(): Promise<unknown> {
  const response = await fetch(pool.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: EMAIL, PASSWORD },
    }),
  })
  const answer = (await response.json()) as { AuthenticationResult: { AccessToken: string } }
  const [, payload = ''] = answer.AuthenticationResult.AccessToken.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))['cognito:groups']
}

async function run(...args: string[]): Promise<string> {
  const lines: string[] = []
  await runModerator(args, env, (line) => lines.push(line))
  return lines.join('\n')
}

test('adds a user to the group of moderators, whose tokens then say so, and removes them', async () => {
  expect(await groups()).toBeUndefined()
  expect(await run('add', EMAIL)).toContain('A moderator')
  expect(await groups()).toEqual(['moderators'])
  await run('add', EMAIL)
  expect(await groups()).toEqual(['moderators'])
  expect(await run('remove', EMAIL)).toContain('No moderator')
  expect(await groups()).toBeUndefined()
})

test('names no email in its errors', async () => {
  await expect(run('add', 'nobody@example.com')).rejects.toThrow(/^AdminAddUserToGroup: UserNotFoundException$/)
})

test.each([[[]], [['add']], [['promote', EMAIL]], [['add', 'anna']], [['add', EMAIL, 'x']]])(
  'refuses %j',
  async (args) => {
    await expect(run(...args)).rejects.toThrow('Usage')
  },
)
