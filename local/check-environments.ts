// Part of `npm run check`: whether each environment of wrangler.toml has what worker/env.ts parses.
import { isDeepStrictEqual } from 'node:util'
import { unstable_readConfig as readConfig } from 'wrangler'
import { settings } from '../worker/env.ts'

/** Of a configuration with what it takes over from the top level, what is compared. */
type Config = {
  definedEnvironments?: string[]
  define: Record<string, string>
  vars: Record<string, unknown>
  secrets?: { required?: string[] }
  images?: { binding: string }
  version_metadata?: { binding: string }
  r2_buckets: { binding: string; bucket_name: string }[]
  ratelimits: { name: string; namespace_id: string }[]
}

/** What development gets from .dev.vars, the others must name. */
const DEVELOPMENT = 'development'

/** What is wrong with the environments of a wrangler.toml, a line each. */
export function findGaps(config: string): string[] {
  const read = (env?: string): Config => readConfig({ config, env }, { hideWarnings: true }) as Config
  const top = read()
  const named = (top.definedEnvironments ?? []).map((name): [string, Config] => [name, read(name)])
  const environments = new Map([[DEVELOPMENT, top], ...named])
  return [
    ...[...environments].flatMap(([name, environment]) =>
      [
        ...missingBindings(environment),
        ...(name === DEVELOPMENT ? [] : missingValues(environment)),
        ...unknownNames(environment),
        // React's development build is what would come of it.
        ...(isDeepStrictEqual(environment.define, top.define) ? [] : ['define differs from the top level']),
      ].map((gap) => `${name}: ${gap}`),
    ),
    ...shared(environments),
  ]
}

function missingBindings(environment: Config): string[] {
  const bound = bindingsOf(environment)
  return namesOf('binding').flatMap((name) => {
    if (!(name in bound)) return [`${name} is not bound`]
    return settings.shape[name].safeParse(bound[name]).success ? [] : [`${name} is bound to something of another kind`]
  })
}

function missingValues({ vars, secrets }: Config): string[] {
  const given = [...Object.keys(vars).filter((name) => vars[name] !== ''), ...(secrets?.required ?? [])]
  return namesOf('value')
    .filter((name) => !settings.shape[name].safeParse(undefined).success)
    .filter((name) => !given.includes(name))
    .map((name) => `${name} is neither in vars nor in secrets.required`)
}

function unknownNames(environment: Config): string[] {
  const { vars, secrets } = environment
  return [...Object.keys(bindingsOf(environment)), ...Object.keys(vars), ...(secrets?.required ?? [])]
    .filter((name) => !Object.hasOwn(settings.shape, name))
    .map((name) => `${name} is nothing that worker/env.ts reads`)
}

/** By name, something that can do what the Worker is given under that name. */
function bindingsOf({ images, r2_buckets, ratelimits, version_metadata }: Config): Record<string, object> {
  return Object.fromEntries([
    ...r2_buckets.map(({ binding }) => [binding, { put() {} }]),
    ...ratelimits.map(({ name }) => [name, { limit() {} }]),
    ...(images ? [[images.binding, { input() {} }]] : []),
    ...(version_metadata ? [[version_metadata.binding, { id: '' }]] : []),
  ])
}

/** What one environment writes or counts must not be another's. */
function shared(environments: Map<string, Config>): string[] {
  const owners = new Map<string, string>()
  return [...environments].flatMap(([name, { r2_buckets, ratelimits }]) =>
    [
      ...r2_buckets.map(({ bucket_name }) => `bucket ${bucket_name}`),
      ...ratelimits.map(({ namespace_id }) => `namespace_id ${namespace_id}`),
    ].flatMap((thing) => {
      const owner = owners.get(thing)
      owners.set(thing, name)
      return owner ? [`${name}: ${thing} is ${owner === name ? 'there twice' : `that of ${owner}`}`] : []
    }),
  )
}

type Name = keyof typeof settings.shape

/** Bindings are objects; values are texts. */
function namesOf(kind: 'binding' | 'value'): Name[] {
  const names = Object.keys(settings.shape) as Name[]
  return names.filter((name) => {
    const { def } = settings.shape[name]
    const { type } = def.type === 'optional' ? def.innerType.def : def
    return (type === 'string') === (kind === 'value')
  })
}

if (import.meta.main) {
  const gaps = findGaps('wrangler.toml')
  for (const gap of gaps) console.error(`wrangler.toml: ${gap}`)
  if (gaps.length > 0) process.exitCode = 1
}
