import { describe, expect, test } from 'vitest'
import type { Answer } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { type Actor, PASSWORD } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { actors, cognito } = site
const NEW = 'Another-2027?'

/** Somebody who is signed in when an administrator asks for a new password. */
async function mustReset(): Promise<Actor> {
  const anna = await actors.join()
  await cognito.requirePasswordReset(anna.email)
  return anna
}

const goesTo = (answer: Answer, path: string) => expect(expectStatus(answer, 303).headers.get('location')).toBe(path)

describe('an account whose password must be reset', () => {
  test('is told so by whatever asks Cognito', async () => {
    const anna = await mustReset()
    const answers = [
      await anna.onAnotherDevice().post('/api/session', { email: anna.email, password: PASSWORD }),
      await anna.put('/api/session/password', { current: PASSWORD, new: NEW }),
      await anna.deletesAccount(),
    ]
    for (const answer of answers) expectErrors(answer, 403, ['password_reset_required'])
    expectStatus(await anna.get(`/api/users/@${anna.handle}/short`), 200)
  })

  test('is told so as a Bearer client that was never seen', async () => {
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

  test('ends all sessions all the same', async () => {
    const anna = await mustReset()
    expectStatus(await anna.delete('/api/session/all'), 204)
  })

  test('is led from signing in to a code, a new password, and on, without script', async () => {
    const anna = (await mustReset()).onAnotherDevice()
    const next = `/@${anna.handle}`
    const query = `email=${encodeURIComponent(anna.email)}&step=confirm&required=1&next=${encodeURIComponent(next)}`
    const forgot = `/forgot?${query}`
    goesTo(await anna.submits('/signin', { email: anna.email, password: PASSWORD, next }), forgot)
    const page = expectStatus(await anna.visits(forgot), 200)
    expect(page.text).toContain('nobody else who may know the old password gets in')
    expect(page.text).toMatch(new RegExp(`name="email"[^>]* value="${anna.email}"`))
    expect(page.text).not.toContain('garbled')
    const reset = { step: 'confirm', email: anna.email, code: anna.code, password: NEW, next }
    expectStatus(await anna.submits('/forgot', reset), 303)
    goesTo(await anna.submits('/signin', { email: anna.email, password: NEW, next }), next)
  })

  test.each([
    ['/settings', { intent: 'password', current: PASSWORD, new: NEW }],
    ['/settings/delete', { password: PASSWORD }],
  ])('is led there from %s as well', async (path, form) => {
    const anna = await mustReset()
    goesTo(await anna.submits(path, form), '/forgot?required=1')
  })
})
