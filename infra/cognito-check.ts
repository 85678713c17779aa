// `npm run cognito:check`: compares a pool that is in use with what the Worker needs. Changes nothing.
import { openCognitoApi } from './cognito-api.ts'
import type { UserPoolClient } from './cognito-client-needs.ts'
import { differences, issuerOf, type UserPool } from './cognito-needs.ts'

/** What was found: the issuer of the pool's tokens, and what differs, a line each. */
export type Findings = { issuer: string; differences: string[] }

/** Asks the pool. Throws an error of one line when it could not be asked. */
export async function checkCognito(env: NodeJS.ProcessEnv): Promise<Findings> {
  const { region, userPoolId, clientId, call } = openCognitoApi(env)
  // One after the other: of a pool that is not there, the pool is what to say.
  const { UserPool: pool } = await call<{ UserPool: UserPool }>('DescribeUserPool', { UserPoolId: userPoolId })
  const { UserPoolClient: client } = await call<{ UserPoolClient: UserPoolClient }>('DescribeUserPoolClient', {
    UserPoolId: userPoolId,
    ClientId: clientId,
  })
  const secret = env.COGNITO_CLIENT_SECRET || undefined
  return {
    issuer: issuerOf(pool, region, userPoolId),
    differences: [
      ...differences(pool, client),
      ...(client.ClientSecret === secret ? [] : [aboutSecret(client.ClientSecret, secret)]),
    ],
  }
}

// While a secret is changed the client has two, of which the pool tells one.
function aboutSecret(ofClient: string | undefined, given: string | undefined): string {
  if (!given) return 'ClientSecret: the client has one, COGNITO_CLIENT_SECRET is not set: signing in is 503'
  if (!ofClient) return 'ClientSecret: the client has none, COGNITO_CLIENT_SECRET is set: signing in is 503'
  return 'ClientSecret: the one that the pool tells of is not COGNITO_CLIENT_SECRET: unless it is the other of two, signing in is 503'
}

if (import.meta.main) {
  try {
    const { issuer, differences: found } = await checkCognito(process.env)
    console.log(`Issuer of its tokens: ${issuer}`)
    for (const difference of found) console.log(difference)
    console.log(found.length === 0 ? 'The pool is as the Worker needs it.' : `${found.length} to change.`)
    process.exitCode = found.length === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
