import pg from 'pg'
import { migrate } from '../../sql/migrate.ts'
import { Client } from '../harness/client.ts'
import type { Bench } from './bench.ts'
import { generate, type Size } from './generate.ts'
import { type Services, startServices } from './services.ts'
import { type MeasuredWorkerd, startMeasuredWorkerd } from './workerd.ts'

/** What is compared. Of so few people, as many follow the famous one, and are followed by the curious one, as there are. */
export const SIZES = { small: { cruds: 10_000, people: 1_000 }, large: { cruds: 1_000_000, people: 100_000 } }
export type SizeName = keyof typeof SIZES

/** Whom fill/ lets be asked about, by handle. */
export const READERS = ['ordinary', 'curious', 'famous'] as const
export type Reader = (typeof READERS)[number]

/** As a database of this size would be given: else it writes pages out while it is asked. */
const ROOMY = ['shared_buffers=2GB', 'max_wal_size=8GB']

const PASSWORD = 'Cruddur-2026!'

/** A generated site: its database, its Worker, and three people who are signed in there. */
export type ScaleSite = {
  name: SizeName
  client: pg.Client
  origin: URL
  readers: Record<Reader, Client>
  seconds: number
}

/** Both sites, on one Postgres and in one workerd. */
export type ScaleSites = {
  small: ScaleSite
  large: ScaleSite
  services: Services
  workerd: MeasuredWorkerd
  close(): Promise<void>
}

/** Fills both databases, and signs their people in. */
export async function openScaleSites(bench: Bench): Promise<ScaleSites> {
  const { site } = await bench.build()
  const services = await startServices(ROOMY)
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
    const open = async ({ name, client, seconds }: Filled): Promise<ScaleSite> => {
      const origin = await workerd.urlOf(name)
      return { name, client, seconds, origin, readers: await signIn(origin) }
    }
    return { small: await open(small), large: await open(large), services, workerd, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Filled = { name: SizeName; url: string; client: pg.Client; seconds: number }

async function fillDatabase({ url: anyUrl, cognito }: Services, name: SizeName): Promise<Filled> {
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
