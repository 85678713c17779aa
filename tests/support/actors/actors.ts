import type { Activity } from '../../../worker/contract/activity.ts'
import type { Ttl } from '../../../worker/contract/limits.ts'
import { type Answer, Client } from '../../harness/client.ts'
import { expectStatus } from '../assertions/expect-answer.ts'

export const PASSWORD = 'Cruddur-2026!'

/** What a person would type into the sign-up form. */
export type Details = { display_name: string; email: string; handle: string; password: string }

/** The codes that Cognito has mailed, newest last, by email. */
export type Mailbox = Map<string, string[]>

/** A person at a browser, whom verbs move through the site; each verb fails unless it went well. */
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

  /** The newest code that was mailed to this person. */
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

  /** Deletes the account; what answers is not looked at. */
  deletesAccount(password = this.details.password): Promise<Answer> {
    const type = { 'content-type': 'application/json' }
    return this.send('DELETE', '/api/profile', type, JSON.stringify({ password }))
  }

  /** The access token of this person's browser, which an API client may hold as well. */
  get accessToken(): string {
    return this.cookies.get('__Host-access') ?? ''
  }

  /** The same person as an API client: a Bearer token and no cookies, from no page. */
  asApiClient(token = this.accessToken): Client {
    return apiClient(this.origin, token)
  }

  /** The same person at another browser, signed out. */
  onAnotherDevice(): Actor {
    return new Actor(this.origin, this.details, this.#mailbox)
  }
}

/** A client that sends a Bearer token and, unlike a browser, tells nothing of where it comes from. */
export function apiClient(origin: string, token: string): Client {
  const client = new Client(origin)
  client.headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': '', origin: '' }
  return client
}

/** People of one site. */
export class Actors {
  readonly #origin: string
  readonly #mailbox: Mailbox

  constructor(origin: string, mailbox: Mailbox) {
    this.#origin = origin
    this.#mailbox = mailbox
  }

  /** Somebody who has not signed up yet; their handle is like nobody else's, and so is their email if none is given. */
  unregistered(name = 'anna', givenEmail?: string): Actor {
    const handle = `${name}_${crypto.randomUUID().slice(0, 8)}`
    const email = givenEmail ?? `${handle}@example.com`
    const details = { display_name: `${name[0]?.toUpperCase()}${name.slice(1)}`, email, handle, password: PASSWORD }
    return new Actor(this.#origin, details, this.#mailbox)
  }

  /** Somebody who has signed up and confirmed, and is signed in. */
  async join(name = 'anna'): Promise<Actor> {
    const person = this.unregistered(name)
    await person.signsUp()
    await person.confirms()
    return person
  }

  /** Somebody passing by, signed out. */
  visitor(): Client {
    return new Client(this.#origin)
  }
}
