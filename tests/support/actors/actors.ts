import type { Activity } from '../../../worker/contract/activity.ts'
import type { Ttl } from '../../../worker/contract/ttl.ts'
import { type Answer, Client } from '../../harness/client.ts'
import { expectStatus } from '../assertions/expect-answer.ts'

export const PASSWORD = 'Cruddur-2026!'

/** The fields of the sign-up form. */
export type Details = { display_name: string; email: string; handle: string; password: string }

/** The codes that Cognito mailed, by email, the newest last. */
export type Mailbox = Map<string, string[]>

/** A user in a browser. Each action fails the test unless the API accepts it. */
export class Actor extends Client {
  readonly details: Details
  readonly #mailbox: Mailbox

  constructor(origin: string, details: Details, mailbox: Mailbox) {
    super(origin)
    this.details = details
    this.#mailbox = mailbox
  }

  get handle(): string {
    return this.details.handle
  }

  get email(): string {
    return this.details.email
  }

  /** The newest code that was mailed to this user. */
  get code(): string {
    const code = this.#mailbox.get(this.email)?.at(-1)
    if (!code) throw new Error(`No code was mailed to ${this.email}`)
    return code
  }

  get mailCount(): number {
    return this.#mailbox.get(this.email)?.length ?? 0
  }

  async signsUp(): Promise<void> {
    expectStatus(await this.post('/api/session/sign-up', this.details), 201)
  }

  async confirms(): Promise<Answer> {
    return expectStatus(await this.post('/api/session/confirm', { email: this.email, code: this.code }), 200)
  }

  async signsIn(password = this.details.password): Promise<Answer> {
    return expectStatus(await this.post('/api/session', { email: this.email, password }), 200)
  }

  async posts(message: string, ttl: Ttl = '1-hour'): Promise<Activity> {
    return expectStatus(await this.post('/api/activities', { message, ttl }), 201).body
  }

  async replies(to: Pick<Activity, 'uuid'>, message: string, ttl?: Ttl): Promise<Activity> {
    return expectStatus(await this.post(`/api/activities/${to.uuid}/replies`, { message, ttl }), 201).body
  }

  async deletes({ uuid }: Pick<Activity, 'uuid'>): Promise<void> {
    expectStatus(await this.delete(`/api/activities/${uuid}`), 204)
  }

  /** Deletes the account; returns the answer unchecked. */
  deletesAccount(password = this.details.password): Promise<Answer> {
    const type = { 'content-type': 'application/json' }
    return this.send('DELETE', '/api/profile', type, JSON.stringify({ password }))
  }

  /** The access token in this browser's cookie. */
  get accessToken(): string {
    return this.cookies.get('__Host-access') ?? ''
  }

  /** The same user as an API client: a Bearer token, no cookies. */
  asApiClient(token = this.accessToken): Client {
    return apiClient(this.origin, token)
  }

  /** The same user in another browser, signed out. */
  onAnotherDevice(): Actor {
    return new Actor(this.origin, this.details, this.#mailbox)
  }
}

/** A client that sends a Bearer token and, unlike a browser, no Origin and no Sec-Fetch-Site. */
export function apiClient(origin: string, token: string): Client {
  const client = new Client(origin)
  client.headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': '', origin: '' }
  return client
}

/** Makes the users of one site. */
export class Actors {
  readonly #origin: string
  readonly #mailbox: Mailbox

  constructor(origin: string, mailbox: Mailbox) {
    this.#origin = origin
    this.#mailbox = mailbox
  }

  /** A user who has not signed up, with a unique handle and, unless given, a unique email. */
  unregistered(name = 'anna', givenEmail?: string): Actor {
    const handle = `${name}_${crypto.randomUUID().slice(0, 8)}`
    const email = givenEmail ?? `${handle}@example.com`
    const details = { display_name: `${name[0]?.toUpperCase()}${name.slice(1)}`, email, handle, password: PASSWORD }
    return new Actor(this.#origin, details, this.#mailbox)
  }

  /** A user who has signed up, confirmed and signed in. */
  async join(name = 'anna'): Promise<Actor> {
    const actor = this.unregistered(name)
    await actor.signsUp()
    await actor.confirms()
    return actor
  }

  /** A client without an account. */
  visitor(): Client {
    return new Client(this.#origin)
  }
}
