import { Client } from '../../tests/harness/client.ts'
import { type Check, request, type SmokeOptions } from './check.ts'
import { expectHeader, expectStatus, expectText, fail } from './expect.ts'

const SHORTEST = '1-hour'
const FOREVER = /^public, max-age=31536000, immutable$/

/**
 * Checks with an account, in this order. After a failure, run those in `left`: they delete the activity and end the session.
 */
export class SignedInChecks {
  #crud: { uuid: string; page: string } | undefined
  #isSignedIn = false

  readonly checks: Check[] = [
    { name: 'sign in', run: (client, options) => this.#signIn(client, options) },
    { name: 'home page with script', run: checkSignedInHome },
    { name: 'hashed assets', run: checkAssets },
    { name: 'create an activity', run: (client) => this.#crudNow(client) },
    { name: 'read the activity when signed out', run: (client, options) => this.#read(client, options) },
    { name: 'delete the activity', run: (client) => this.#putOut(client) },
    { name: 'sign out', run: (client) => this.#signOut(client) },
  ]

  /** Checks that undo what was done before a failure. */
  get left(): Check[] {
    const undo = [this.#crud && 'delete the activity', this.#isSignedIn && 'sign out']
    return this.checks.filter(({ name }) => undo.includes(name))
  }

  async #signIn(client: Client, { account }: SmokeOptions): Promise<void> {
    const path = '/api/session'
    expectStatus({ path, answer: await client.post(path, account) }, 200)
    this.#isSignedIn = true
  }

  async #crudNow(client: Client): Promise<void> {
    const path = '/api/activities'
    const answer = await client.post(path, { message: 'Is anybody there? A test, put out in a moment.', ttl: SHORTEST })
    expectStatus({ path, answer }, 201)
    const { uuid, user } = answer.body
    this.#crud = { uuid, page: `/@${user.handle}/status/${uuid}` }
  }

  async #read(client: Client, { headers = {} }: SmokeOptions): Promise<void> {
    const { uuid, page } = this.#crud ?? fail('there is no activity')
    const reader = new Client(client.origin)
    reader.headers = headers
    expectStatus(await request(reader, `/api/activities/${uuid}`), 200)
    const asked = await request(reader, page)
    expectStatus(asked, 200)
    expectText(asked, /Is anybody there\?/, 'crud')
  }

  async #putOut(client: Client): Promise<void> {
    const { uuid } = this.#crud ?? fail('there is no activity')
    const path = `/api/activities/${uuid}`
    expectStatus({ path, answer: await client.delete(path) }, 204)
    this.#crud = undefined
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
  const asked = await request(client, path)
  expectStatus(asked, 200)
  expectHeader(asked, 'content-type', type)
  expectHeader(asked, 'cache-control', FOREVER)
  expectHeader(asked, 'x-content-type-options', /^nosniff$/)
}
