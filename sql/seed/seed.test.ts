import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Postgres } from '../../local/postgres.ts'
import { startPostgres } from '../../local/postgres.ts'
import { LIFETIMES } from '../../worker/contract/limits.ts'
import { migrate } from '../migrate.ts'
import { seed } from './seed.ts'
import type { Reply } from './story.ts'
import { CRUDS, PEOPLE } from './story.ts'

let postgres: Postgres
let client: pg.Client
const accounts = { addUser: async ({ email }: { email: string }) => `sub of ${email}` }

beforeAll(async () => {
  postgres = await startPostgres({ port: 0, durable: false })
  await migrate(postgres.url)
  client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await postgres.stop()
})

describe('the story', () => {
  it('has people, cruds of every lifetime, each alive, and replies later than what they answer', () => {
    expect(PEOPLE.length).toBeGreaterThanOrEqual(8)
    expect(new Set(CRUDS.map(({ lives }) => lives))).toEqual(new Set(Object.keys(LIFETIMES)))
    const handles = new Set(PEOPLE.map(({ handle }) => handle))
    for (const { by, age, lives, replies } of CRUDS) {
      expect(handles).toContain(by)
      expect(age * 60).toBeLessThan(LIFETIMES[lives] - 60)
      assertLater(age, replies)
    }
  })
})

describe('seed', () => {
  it('lays everything once, also when two run at a time', async () => {
    const [one, two] = await Promise.all([seed(postgres.url, accounts), seed(postgres.url, accounts)])
    expect([one.laid, two.laid].sort((a, b) => a - b)).toEqual([0, CRUDS.length])
    expect(one.people).toBe(PEOPLE.length)
    expect(await value('count(*)', 'feed_items')).toBe(String(CRUDS.length))
    expect(await value('count(*)', 'follows')).not.toBe('0')
  })

  it('agrees with itself about time, and lets a reply end with its thread', async () => {
    expect(await value('count(*)', 'activities where created_at <> uuid_extract_timestamp(uuid)')).toBe('0')
    expect(await value('count(*)', 'activities where expires_at <= now()')).toBe('0')
    const odd = `activities reply join activities root on root.uuid = reply.root_uuid
      where reply.expires_at <> root.expires_at`
    expect(await value('count(*)', odd)).toBe('0')
  })

  it('lays again only what has burnt out, and leaves alone what people did', async () => {
    await client.query('delete from follows')
    await client.query("update users set display_name = 'Renamed' where handle = 'bayko'")
    await client.query(`update activities set created_at = now() - interval '2 hours', expires_at = now()
      where expires_at < now() + interval '1 hour' and reply_to_activity_uuid is null`)
    const gone = Number(await value('count(*)', 'activities where expires_at <= now() and uuid = root_uuid'))
    expect(gone).toBeGreaterThan(0)
    expect((await seed(postgres.url, accounts)).laid).toBe(gone)
    expect((await seed(postgres.url, accounts)).laid).toBe(0)
    expect(await value('count(*)', 'follows')).toBe('0')
    expect(await value('display_name', "users where handle = 'bayko'")).toBe('Renamed')
  })

  it('follows accounts that were made anew, and leaves out a person whose handle is taken', async () => {
    await client.query("update users set email = 'someone@else.example' where handle = 'nils'")
    const anew = { addUser: async ({ email }: { email: string }) => `new sub of ${email}` }
    expect(await seed(postgres.url, anew)).toEqual({ people: PEOPLE.length - 1, laid: 0 })
    expect(await value('cognito_sub', "users where handle = 'bayko'")).toBe('new sub of bayko@example.com')
    expect(await value('cognito_sub', "users where handle = 'nils'")).toBe('sub of nils@example.com')
  })
})

function assertLater(age: number, replies: Reply[] = []): void {
  for (const reply of replies) {
    expect(reply.age).toBeLessThan(age)
    assertLater(reply.age, reply.replies)
  }
}

async function value(what: string, where: string): Promise<unknown> {
  const { rows } = await client.query({ text: `select ${what} from ${where}`, rowMode: 'array' })
  return rows[0]?.[0]
}
