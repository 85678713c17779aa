import pg from 'pg'
import { migrate } from '../../sql/migrate.ts'
import { Client } from '../harness/client.ts'
import type { Bench } from './bench.ts'
import { generate, type Size } from './generate.ts'
import { type Services, startServices } from './services.ts'
import { type MeasuredWorkerd, startMeasuredWorkerd } from './workerd.ts'

/** The compared sizes. On the small site all users follow the famous one, and the curious one follows all. */
export const SIZES = { small: { cruds: 10_000, people: 1_000 }, large: { cruds: 1_000_000, people: 100_000 } }
export type SizeName = keyof typeof SIZES

/** The users of fill/ who read, by handle. */
export const READERS = ['ordinary', 'curious', 'famous'] as const
export type Reader = (typeof READERS)[number]

/** Settings suited to a database of this size; with the defaults Postgres writes pages to disk during reads. */
const LARGE_DATABASE_SETTINGS = ['shared_buffers=2GB', 'max_wal_size=8GB']

const PASSWORD = 'Cruddur-2026!'

/** A generated site: its database, its Worker, and three signed-in users. */
export type ScaleSite = {
  name: SizeName
  client: pg.Client
  origin: URL
  readers: Record<Reader, Client>
  /** Time that filling the database took. */
  seconds: number
}

/** Both sites, on one Postgres and one workerd. */
export type ScaleSites = {
  small: ScaleSite
  large: ScaleSite
  services: Services
  workerd: MeasuredWorkerd
  close(): Promise<void>
}

/** Fills both databases and signs their readers in. */
export async function openScaleSites(bench: Bench): Promise<ScaleSites> {
  const { site } = await bench.build()
  const services = await startServices(LARGE_DATABASE_SETTINGS)
  const closers = [services.close]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const small = await fillDatabase(services, 'small')
    closers.push(() => small.client.end())
    const large = await fillDatabase(services, 'large')
    closers.push(() => large.client.end())
    const workerd = await startMeasuredWorkerd(
      await Promise.all(
        [small, large].map(async ({ name, url }) => ({
          name,
          ...site,
          settings: { ...(await services.settingsFor(url)), EDGE_CACHE_SECONDS: '0' },
        })),
      ),
    )
    closers.push(() => workerd.close())
    const open = async ({ name, client, seconds }: FilledDatabase): Promise<ScaleSite> => {
      const origin = await workerd.urlOf(name)
      return { name, client, seconds, origin, readers: await signIn(origin) }
    }
    return { small: await open(small), large: await open(large), services, workerd, close }
  } catch (error) {
    await close()
    throw error
  }
}

type FilledDatabase = { name: SizeName; url: string; client: pg.Client; seconds: number }

async function fillDatabase({ url: anyUrl, cognito }: Services, name: SizeName): Promise<FilledDatabase> {
  const url = await createDatabase(anyUrl, name)
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const startedAt = performance.now()
  await generate(client, SIZES[name] satisfies Size)
  for (const handle of READERS) {
    const account = { email: `${handle}@example.com`, password: PASSWORD, handle, display_name: handle }
    await client.query('update users set cognito_sub = $1 where handle = $2', [await cognito.addUser(account), handle])
  }
  return { name, url, client, seconds: (performance.now() - startedAt) / 1000 }
}

async function createDatabase(anyUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: anyUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(anyUrl)
  url.pathname = `/${name}`
  return url.href
}

async function signIn(origin: URL): Promise<Record<Reader, Client>> {
  const signedIn = await Promise.all(
    READERS.map(async (handle) => {
      const client = new Client(origin.origin)
      const { status, text } = await client.post('/api/session', { email: `${handle}@example.com`, password: PASSWORD })
      if (status !== 200) throw new Error(`Signing in as ${handle} was answered by ${status}: ${text}`)
      return [handle, client] as const
    }),
  )
  return Object.fromEntries(signedIn) as Record<Reader, Client>
}
