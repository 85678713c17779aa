import { Client } from '../../tests/harness/client.ts'
import { type Check, request, type SmokeOptions } from './check.ts'
import { expectHeader, expectStatus, expectText, fail } from './expect.ts'

const SHORTEST = '1-hour'
const FOREVER = /^public, max-age=31536000, immutable$/

/**
 * Checks with an account, in this order. After a failure, run those in `cleanup`: they delete the activity and end the session.
 */
export class SignedInChecks {
  #activity: { uuid: string; page: string } | undefined
  #isSignedIn = false

  readonly checks: Check[] = [
    { name: 'sign in', run: (client, options) => this.#signIn(client, options) },
    { name: 'home page with script', run: checkSignedInHome },
    { name: 'hashed assets', run: checkAssets },
    { name: 'create an activity', run: (client) => this.#createActivity(client) },
    { name: 'read the activity when signed out', run: (client, options) => this.#read(client, options) },
    { name: 'delete the activity', run: (client) => this.#deleteActivity(client) },
    { name: 'sign out', run: (client) => this.#signOut(client) },
  ]

  /** The checks that delete the activity and end the session, as far as there are such. */
  get cleanup(): Check[] {
    const names = [this.#activity && 'delete the activity', this.#isSignedIn && 'sign out']
    return this.checks.filter(({ name }) => names.includes(name))
  }

  async #signIn(client: Client, { account }: SmokeOptions): Promise<void> {
    const path = '/api/session'
    expectStatus({ path, answer: await client.post(path, account) }, 200)
    this.#isSignedIn = true
  }

  async #createActivity(client: Client): Promise<void> {
    const path = '/api/activities'
    const answer = await client.post(path, { message: 'Is anybody there? A test, deleted in a moment.', ttl: SHORTEST })
    expectStatus({ path, answer }, 201)
    const { uuid, user } = answer.body
    this.#activity = { uuid, page: `/@${user.handle}/status/${uuid}` }
  }

  async #read(client: Client, { headers = {} }: SmokeOptions): Promise<void> {
    const { uuid, page } = this.#activity ?? fail('there is no activity')
    const reader = new Client(client.origin)
    reader.headers = headers
    expectStatus(await request(reader, `/api/activities/${uuid}`), 200)
    const response = await request(reader, page)
    expectStatus(response, 200)
    expectText(response, /Is anybody there\?/, 'crud')
  }

  async #deleteActivity(client: Client): Promise<void> {
    const { uuid } = this.#activity ?? fail('there is no activity')
    const path = `/api/activities/${uuid}`
    expectStatus({ path, answer: await client.delete(path) }, 204)
    this.#activity = undefined
    expectStatus(await request(client, path), 410)
  }

  async #signOut(client: Client): Promise<void> {
    const path = '/api/session'
    expectStatus({ path, answer: await client.delete(path) }, 204)
    this.#isSignedIn = false
    const { answer } = await request(client, path)
    if (answer.body?.viewer !== null) fail(`${path} is still signed in`)
  }
}

async function checkSignedInHome(client: Client): Promise<void> {
  const page = await request(client, '/')
  expectStatus(page, 200)
  expectHeader(page, 'cache-control', /^private, no-store$/)
  expectHeader(page, 'content-security-policy', /(^|; )script-src 'nonce-[\w-]+' 'strict-dynamic'(;|$)/)
}

async function checkAssets(client: Client): Promise<void> {
  const page = await request(client, '/')
  const script = expectText(page, /<script[^>]+src="(\/assets\/[^"]+\.js)"/, 'script')
  const sheet = expectText(page, /<link rel="stylesheet" href="(\/assets\/[^"]+\.css)"/, 'style sheet')
  await checkAsset(client, script, /^(text|application)\/javascript/)
  await checkAsset(client, sheet, /^text\/css/)
}

async function checkAsset(client: Client, path: string, type: RegExp): Promise<void> {
  const response = await request(client, path)
  expectStatus(response, 200)
  expectHeader(response, 'content-type', type)
  expectHeader(response, 'cache-control', FOREVER)
  expectHeader(response, 'x-content-type-options', /^nosniff$/)
}
