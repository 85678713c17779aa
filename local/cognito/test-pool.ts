import type { CognitoEndpoint, CognitoOptions } from './endpoint.ts'
import { startCognitoEndpoint } from './endpoint.ts'

/** A password that meets the policy. */
export const PASSWORD = 'Ab1!efgh'
/** The response to a wrong password and to an unknown user. */
export const INCORRECT = { __type: 'NotAuthorizedException', message: 'Incorrect username or password.' }
/** Prefix of the header x-amz-target. */
export const TARGET = 'AWSCognitoIdentityProviderService.'

let count = 0

/** A response of the JSON API. */
export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: it differs by operation, and tests read all of them.
  body: any
}

/** A pool for tests, with helpers to call it. */
export interface TestPool {
  endpoint: CognitoEndpoint
  /** The last code mailed, by email. */
  codes: Map<string, string>
  /** The pool's clock in ms; tests may change it. */
  clock: { now: number }
  call(operation: string, input: object): Promise<Answer>
  signIn(email: string, password?: string): Promise<Answer>
  getUser(accessToken: string): Promise<Answer>
  /** Adds a confirmed user with PASSWORD; returns the email. */
  newUser(): Promise<string>
}

/** Starts a pool; stop it with `endpoint.stop`. */
export async function startTestPool(options: Partial<CognitoOptions> = {}): Promise<TestPool> {
  const codes = new Map<string, string>()
  const clock = { now: Date.now() }
  const endpoint = await startCognitoEndpoint({
    port: 0,
    onCode: (email, code) => codes.set(email, code),
    ...options,
    overrides: { now: () => clock.now, ...options.overrides },
  })

  const call = async (operation: string, input: object): Promise<Answer> => {
    const response = await fetch(endpoint.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${TARGET}${operation}` },
      body: JSON.stringify({ ClientId: endpoint.clientId, ...input }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? '' : JSON.parse(text) }
  }
  return {
    endpoint,
    codes,
    clock,
    call,
    signIn(email, password = PASSWORD) {
      const AuthParameters = { USERNAME: email, PASSWORD: password }
      return call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
    },
    getUser: (AccessToken) => call('GetUser', { AccessToken }),
    async newUser() {
      const email = newEmail()
      await endpoint.addUser({ email, password: PASSWORD, handle: 'someone', display_name: 'Someone' })
      return email
    },
  }
}

/** Returns an email that no other test uses. */
export function newEmail(): string {
  count += 1
  return `person${count}@example.com`
}

/** Returns a code that differs from this one. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000'
}
