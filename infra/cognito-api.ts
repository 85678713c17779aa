import { AwsClient } from 'aws4fetch'
import { isLoopbackHost } from '../local/settings.ts'

/** Why Cognito was not asked, or what it answered, in one line. */
export class CognitoApiError extends Error {
  override name = 'CognitoApiError'
}

/** The pool that the environment names, for whoever administers it. */
export interface CognitoApi {
  region: string
  userPoolId: string
  clientId: string
  /** One call of the JSON API, signed. Throws `CognitoApiError`. */
  call<T>(operation: string, input: object): Promise<T>
}

/**
 * Opens the pool of COGNITO_REGION, COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID with the credentials of AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. COGNITO_ENDPOINT is for an endpoint on this machine.
 */
export function openCognitoApi(env: NodeJS.ProcessEnv): CognitoApi {
  const region = needed(env, 'COGNITO_REGION')
  const aws = new AwsClient({
    accessKeyId: needed(env, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: needed(env, 'AWS_SECRET_ACCESS_KEY'),
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
    service: 'cognito-idp',
    region,
    retries: 3,
  })
  const endpoint = env.COGNITO_ENDPOINT || `https://cognito-idp.${region}.amazonaws.com/`
  const isOurs = URL.canParse(endpoint) && isLoopbackHost(new URL(endpoint).hostname)
  if (env.COGNITO_ENDPOINT && !isOurs) throw new CognitoApiError('COGNITO_ENDPOINT must be a loopback address.')

  return {
    region,
    userPoolId: needed(env, 'COGNITO_USER_POOL_ID'),
    clientId: needed(env, 'COGNITO_CLIENT_ID'),
    async call<T>(operation: string, input: object): Promise<T> {
      const response = await aws.fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(input),
      })
      const answer = (await response.json()) as { __type?: string }
      if (response.ok) return answer as T
      // Its text can hold an email.
      throw new CognitoApiError(`${operation}: ${answer.__type?.split('#').pop() ?? `status ${response.status}`}`)
    },
  }
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]
  if (!value) throw new CognitoApiError(`${name} is not set.`)
  return value
}
