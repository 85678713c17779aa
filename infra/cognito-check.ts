// `npm run cognito:check`: compares a user pool's settings with the Worker's needs. Changes nothing.
import { openCognitoApi } from './cognito-api.ts'
import type { UserPoolClient } from './cognito-client-needs.ts'
import { differences, issuerOf, type UserPool } from './cognito-needs.ts'

/** The issuer of the pool's tokens, and a line for each setting that differs. */
export type Findings = { issuer: string; differences: string[] }

/** Compares the pool with the Worker's needs. @throws CognitoApiError with a one-line message. */
export async function checkCognito(env: NodeJS.ProcessEnv): Promise<Findings> {
  const { region, userPoolId, clientId, call } = openCognitoApi(env)
  // In sequence, so that a missing pool is reported as such and not as a missing client.
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
      ...(client.ClientSecret === secret ? [] : [secretDifference(client.ClientSecret, secret)]),
    ],
  }
}

// While a secret is rotated the client has two, and the API returns only one.
function secretDifference(ofClient: string | undefined, given: string | undefined): string {
  if (!given) return 'ClientSecret: the client has one, COGNITO_CLIENT_SECRET is not set: sign-in fails with 503'
  if (!ofClient) return 'ClientSecret: the client has none, COGNITO_CLIENT_SECRET is set: sign-in fails with 503'
  return 'ClientSecret: differs from COGNITO_CLIENT_SECRET: unless the client has two secrets, sign-in fails with 503'
}

if (import.meta.main) {
  try {
    const { issuer, differences: found } = await checkCognito(process.env)
    console.log(`Issuer of its tokens: ${issuer}`)
    for (const difference of found) console.log(difference)
    console.log(
      found.length === 0 ? 'The pool has all settings that the Worker needs.' : `${found.length} settings to change.`,
    )
    process.exitCode = found.length === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
