import { AwsClient } from 'aws4fetch'
import { isLoopbackHost } from '../local/settings.ts'

/** A missing setting or an error of Cognito; the message is one line. */
export class CognitoApiError extends Error {
  override name = 'CognitoApiError'
}

/** The pool of the COGNITO_* settings, with access by AWS credentials. */
export interface CognitoApi {
  region: string
  userPoolId: string
  clientId: string
  /** Calls an operation of the JSON API with a signed request. @throws CognitoApiError */
  call<T>(operation: string, input: object): Promise<T>
}

/**
 * Returns the pool of COGNITO_REGION, COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID, with the credentials AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. COGNITO_ENDPOINT overrides the endpoint by a local one.
 * @throws CognitoApiError for a missing setting.
 */
export function openCognitoApi(env: NodeJS.ProcessEnv): CognitoApi {
  const region = requiredVariable(env, 'COGNITO_REGION')
  const aws = new AwsClient({
    accessKeyId: requiredVariable(env, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: requiredVariable(env, 'AWS_SECRET_ACCESS_KEY'),
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
    userPoolId: requiredVariable(env, 'COGNITO_USER_POOL_ID'),
    clientId: requiredVariable(env, 'COGNITO_CLIENT_ID'),
    async call<T>(operation: string, input: object): Promise<T> {
      const response = await aws.fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(input),
      })
      // Operations without a result answer without a body.
      const answer = JSON.parse((await response.text()) || '{}') as { __type?: string }
      if (response.ok) return answer as T
      // The error's type only: its message can hold an email.
      throw new CognitoApiError(`${operation}: ${answer.__type?.split('#').pop() ?? `status ${response.status}`}`)
    },
  }
}

function requiredVariable(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]
  if (!value) throw new CognitoApiError(`${name} is not set.`)
  return value
}
