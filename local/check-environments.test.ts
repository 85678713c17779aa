import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { experimental_readRawConfig as readRawConfig } from 'wrangler'
import { settings } from '../worker/env.ts'
import { findGaps } from './check-environments.ts'

type Environment = {
  define?: Record<string, string>
  vars?: Record<string, string>
  secrets: { required: string[] }
  images?: { binding: string }
  version_metadata?: { binding: string }
  durable_objects?: { bindings: { name: string; class_name: string }[] }
  r2_buckets?: { binding: string; bucket_name: string }[]
  ratelimits: { name: string; namespace_id: string }[]
  observability?: object
}
type Toml = Environment & { env: { staging: Environment & { previews: Environment }; production: Environment } }

const OURS = readRawConfig({ config: join(import.meta.dirname, '../wrangler.toml') }).rawConfig as unknown as Toml
const BINDINGS = ['IMAGES', 'AVATARS', 'USER_SOCKETS', 'VERSION', ...OURS.ratelimits.map(({ name }) => name)]
const NAMES = ['development', 'staging', 'staging.previews', 'production'] as const
const folder = mkdtempSync(join(tmpdir(), 'cruddur-environments-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Returns the gaps of our wrangler.toml after a change of one environment. */
function gapsAfter(name: (typeof NAMES)[number], change: (environment: Environment) => void): string[] {
  const changed = JSON.parse(JSON.stringify(OURS)) as Toml
  const { staging, production } = changed.env
  change({ development: changed, staging, 'staging.previews': staging.previews, production }[name])
  const file = join(folder, 'wrangler.json')
  writeFileSync(file, JSON.stringify(changed))
  return findGaps(file)
}

test('our wrangler.toml has no gaps', () => {
  expect(Object.keys(OURS.env)).toEqual(['staging', 'production'])
  for (const name of NAMES) expect(gapsAfter(name, () => {})).toEqual([])
})

describe.each(NAMES)('%s', (name) => {
  test.each(OURS.ratelimits.map((limit) => limit.name))('reports a missing %s', (limiter) => {
    const gaps = gapsAfter(name, (environment) => {
      environment.ratelimits = environment.ratelimits.filter((limit) => limit.name !== limiter)
    })
    expect(gaps).toEqual([`${name}: ${limiter} is not bound`])
  })

  test.each([
    ['IMAGES', 'images'],
    ['AVATARS', 'r2_buckets'],
    ['VERSION', 'version_metadata'],
  ] as const)('reports a missing %s', (binding, key) => {
    expect(gapsAfter(name, (environment) => delete environment[key])).toEqual([`${name}: ${binding} is not bound`])
  })

  test('reports bindings of the wrong kind', () => {
    const gaps = gapsAfter(name, (environment) => {
      environment.images = { binding: 'VERSION' }
      environment.version_metadata = { binding: 'IMAGES' }
    })
    expect(gaps.sort()).toEqual(['IMAGES', 'VERSION'].map((bad) => `${name}: ${bad} has a binding of the wrong kind`))
  })

  test('reports that URLs would be logged with their query', () => {
    const gaps = gapsAfter(name, (environment) => {
      environment.observability = { enabled: true, logs: { enabled: true } }
    })
    // Named environments inherit this from the top level.
    expect(gaps.filter((gap) => gap.startsWith(`${name}:`))).toEqual([
      `${name}: observability.redact_query_string is not true`,
      `${name}: observability.logs.invocation_logs is not false`,
    ])
  })

  test('reports an unknown setting', () => {
    const gaps = gapsAfter(name, (environment) => {
      environment.vars = { COGNITO_REGIO: 'eu-central-1' }
    })
    expect(gaps).toEqual([`${name}: COGNITO_REGIO is unknown to worker/env.ts`])
  })
})

test.each(['development', 'staging', 'production'] as const)('%s: reports a missing Durable Object', (name) => {
  expect(gapsAfter(name, (environment) => delete environment.durable_objects)).toEqual([
    `${name}: USER_SOCKETS is not bound`,
  ])
  const gaps = gapsAfter(name, (environment) => {
    environment.durable_objects = { bindings: [{ name: 'USER_SOCKETS', class_name: 'Rooms' }] }
  })
  expect(gaps).toEqual([`${name}: exports has no Rooms`])
})

describe.each(['staging', 'production'] as const)('%s', (name) => {
  const needed = Object.entries(settings.shape)
    .filter(([, schema]) => schema.safeParse(undefined).error?.issues[0]?.message === 'is missing')
    .map(([needed]) => needed)

  test('needs settings', () => {
    expect(needed).toEqual(expect.arrayContaining(['DATABASE_URL', 'SECRET_KEY']))
  })

  test.each(needed)('reports a missing %s', (value) => {
    const forget = (environment: Environment) => {
      environment.secrets.required = environment.secrets.required.filter((required) => required !== value)
    }
    const gap = `${name}: ${value} is neither in vars nor in secrets.required`
    expect(gapsAfter(name, forget)).toEqual([gap])
    const give = (text: string) => (environment: Environment) => {
      forget(environment)
      environment.vars = { [value]: text }
    }
    expect(gapsAfter(name, give(''))).toEqual([gap])
    expect(gapsAfter(name, give('something'))).toEqual([])
  })

  test('reports React’s development build', () => {
    expect(gapsAfter(name, (environment) => delete environment.define)).toEqual([
      `${name}: define differs from the top level`,
    ])
  })

  test('reports a bucket or namespace of another environment', () => {
    const gaps = gapsAfter(name, (environment) => {
      environment.r2_buckets = OURS.r2_buckets ?? []
      const [reads, paging] = environment.ratelimits
      if (reads && paging) reads.namespace_id = paging.namespace_id
    })
    expect(gaps).toEqual([
      `${name}: bucket cruddur-avatars-development belongs to development`,
      expect.stringMatching(/^\w+: namespace_id \d+ is used twice$/),
    ])
  })
})

test('the table in docs/operating.md lists every setting', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/operating.md'), 'utf8')
  const [, table = ''] = text.match(/^## Settings\n([\s\S]*?)\n## /m) ?? []
  const listed = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, names = '']) =>
    names.replaceAll('`', '').split(', '),
  )
  const values = Object.keys(settings.shape).filter((name) => !BINDINGS.includes(name))
  expect(listed.sort()).toEqual(values.sort())
})
