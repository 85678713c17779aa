import type { CognitoEndpoint } from '../../../local/cognito/endpoint.ts'

/** An answer of Cognito's API; `__type` names an error. */
export type CognitoAnswer = {
  __type?: string
  AuthenticationResult?: { AccessToken: string; IdToken: string; RefreshToken: string }
}

/** Calls Cognito's own API, past our Worker. */
export async function callCognito(cognito: CognitoEndpoint, operation: string, body: object): Promise<CognitoAnswer> {
  const response = await fetch(cognito.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: cognito.clientId, ...body }),
  })
  const text = await response.text()
  return text ? JSON.parse(text) : {}
}

/** Signs in at Cognito itself; returns its tokens. */
export async function tokensFromCognito(cognito: CognitoEndpoint, email: string, password: string) {
  const { AuthenticationResult, __type } = await callCognito(cognito, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  })
  if (!AuthenticationResult) throw new Error(`Cognito gives no tokens: ${__type}`)
  return AuthenticationResult
}
