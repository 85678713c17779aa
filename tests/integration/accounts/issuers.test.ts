import { decodeJwt } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { signAccessToken } from '../../harness/tokens.ts'
import { apiClient } from '../../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

/** Pools with each issuer that AWS uses; no setting of the Worker says which. */
const sites = {
  ORIGINAL: await openSite({ pool: { overrides: { issuerType: 'ORIGINAL' } } }),
  UPDATED: await openSite({ pool: { overrides: { issuerType: 'UPDATED' } } }),
}
const HOSTS = {
  ORIGINAL: 'cognito-idp.us-east-1.amazonaws.com',
  UPDATED: 'issuer-cognito-idp.us-east-1.amazonaws.com',
}
const TYPES = ['ORIGINAL', 'UPDATED'] as const

describe.each(TYPES)('a pool whose issuer is %s', (type) => {
  const site = sites[type]
  const { userPoolId, clientId } = site.cognito
  const keys = inject('pool').keys
  const signAs = (iss: string, sub: string) => signAccessToken({ issuer: iss, clientId, keys }, sub)

  test('signs users in, by cookie and by Bearer token', async () => {
    const anna = await site.actors.join()
    expect(decodeJwt(anna.accessToken).iss).toBe(`https://${HOSTS[type]}/${userPoolId}`)
    await anna.onAnotherDevice().signsIn()
    expectStatus(await anna.get('/api/activities/home'), 200)
    expectStatus(await anna.asApiClient().get('/api/activities/home'), 200)
  })

  test('accepts tokens from before its issuer was changed', async () => {
    const anna = await site.actors.join()
    const { sub = '' } = decodeJwt(anna.accessToken)
    for (const host of Object.values(HOSTS)) {
      const client = apiClient(site.origin, await signAs(`https://${host}/${userPoolId}`, sub))
      expectStatus(await client.get('/api/activities/home'), 200)
    }
  })

  test('rejects other issuers, regions and pools with the same keys', async () => {
    const anna = await site.actors.join()
    const { sub = '' } = decodeJwt(anna.accessToken)
    for (const issuer of [
      `https://third-cognito-idp.us-east-1.amazonaws.com/${userPoolId}`,
      `https://${HOSTS[type].replace('us-east-1', 'eu-central-1')}/${userPoolId}`,
      `https://${HOSTS[type]}/us-east-1_Another`,
      site.cognito.endpoint + userPoolId,
    ]) {
      const token = await signAs(issuer, sub)
      const client = apiClient(site.origin, token)
      expectErrors(await client.get('/api/activities/everyone'), 401, ['unauthorized'])
      const browser = site.actors.visitor()
      browser.cookies.set('__Host-access', token)
      expectErrors(await browser.get('/api/activities/home'), 401, ['unauthorized'])
    }
  })
})
