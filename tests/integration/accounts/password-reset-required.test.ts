import { describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, cognito } = site
const NEW_PASSWORD = 'Another-2027?'

/** Signs a user in, whose password must then be reset, as if an administrator required it. */
async function makeActorWithReset(): Promise<Actor> {
  const anna = await actors.join()
  await cognito.requirePasswordReset(anna.email)
  return anna
}

const expectRedirect = (answer: Answer, path: string) =>
  expect(expectStatus(answer, 303).headers.get('location')).toBe(path)

describe('an account whose password must be reset', () => {
  test('answers 403 password_reset_required on routes that call Cognito', async () => {
    const anna = await makeActorWithReset()
    const answers = [
      await anna.onAnotherDevice().post('/api/session', { email: anna.email, password: PASSWORD }),
      await anna.put('/api/session/password', { current: PASSWORD, new: NEW_PASSWORD }),
      await anna.deletesAccount(),
    ]
    for (const answer of answers) expectErrors(answer, 403, ['password_reset_required'])
    expectStatus(await anna.get(`/api/users/@${anna.handle}/short`), 200)
  })

  test('answers 403 to a Bearer token that was never seen', async () => {
    const ben = actors.unregistered('ben')
    await cognito.addUser(ben.details)
    const signedIn = await fetch(cognito.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: cognito.clientId,
        AuthParameters: { USERNAME: ben.email, PASSWORD },
      }),
    })
    const { AuthenticationResult } = (await signedIn.json()) as { AuthenticationResult: { AccessToken: string } }
    await cognito.requirePasswordReset(ben.email)
    const client = ben.asApiClient(AuthenticationResult.AccessToken)
    expectErrors(await client.get('/api/activities/home'), 403, ['password_reset_required'])
  })

  test('can end all sessions', async () => {
    const anna = await makeActorWithReset()
    expectStatus(await anna.delete('/api/session/all'), 204)
  })

  test('is redirected from sign-in to the reset and on to the requested page, without script', async () => {
    const anna = (await makeActorWithReset()).onAnotherDevice()
    const next = `/@${anna.handle}`
    const query = `email=${encodeURIComponent(anna.email)}&step=confirm&required=1&next=${encodeURIComponent(next)}`
    const forgot = `/forgot?${query}`
    expectRedirect(await anna.submits('/signin', { email: anna.email, password: PASSWORD, next }), forgot)
    const page = expectStatus(await anna.visits(forgot), 200)
    expect(page.text).toContain('in case someone else knows the old password')
    expect(page.text).toMatch(new RegExp(`name="email"[^>]* value="${anna.email}"`))
    const reset = { step: 'confirm', email: anna.email, code: anna.code, password: NEW_PASSWORD, next }
    expectStatus(await anna.submits('/forgot', reset), 303)
    expectRedirect(await anna.submits('/signin', { email: anna.email, password: NEW_PASSWORD, next }), next)
  })

  test.each([
    ['/settings', { intent: 'password', current: PASSWORD, new: NEW_PASSWORD }],
    ['/settings/delete', { password: PASSWORD }],
  ])('is redirected to the reset from %s', async (path, form) => {
    const anna = await makeActorWithReset()
    expectRedirect(await anna.submits(path, form), '/forgot?required=1')
  })
})
