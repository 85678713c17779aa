// Part of `npm run check`: whether each environment of wrangler.toml has what worker/env.ts parses.
import { isDeepStrictEqual } from 'node:util'
import { unstable_readConfig as readConfig } from 'wrangler'
import { settings } from '../worker/env.ts'

/** Of a configuration with what it takes over from the top level, what is compared. */
type Config = {
  define: Record<string, string>
  vars: Record<string, unknown>
  secrets?: { required?: string[] }
  images?: { binding: string }
  version_metadata?: { binding: string }
  r2_buckets: { binding: string; bucket_name: string }[]
  ratelimits: { name: string; namespace_id: string }[]
  observability?: { redact_query_string?: boolean; logs?: { invocation_logs?: boolean } }
}
type WholeConfig = Config & { definedEnvironments?: string[]; previews?: Partial<Config> }

/** What runs by a name: `isReleased` is what gives values to itself, beside what gets them of whoever starts it. */
type Environment = { name: string; isReleased: boolean; config: Config }

/** What is wrong with the environments of a wrangler.toml, a line each. */
export function findGaps(file: string): string[] {
  const environments = readEnvironments(file)
  const { define } = environments[0]?.config ?? {}
  return [
    ...environments.flatMap(({ name, isReleased, config }) =>
      [
        ...missingBindings(config),
        ...(isReleased ? missingValues(config) : []),
        ...unknownNames(config),
        // React's development build is what would come of it.
        ...(isDeepStrictEqual(config.define, define) ? [] : ['define differs from the top level']),
        ...recordedQueries(config),
      ].map((gap) => `${name}: ${gap}`),
    ),
    ...shared(environments),
  ]
}

/** The top level first. Previews, which an environment may have, take over nothing at all. */
function readEnvironments(file: string): Environment[] {
  const read = (env?: string) => readConfig({ config: file, env }, { hideWarnings: true }) as WholeConfig
  const top = read()
  const named = (top.definedEnvironments ?? []).flatMap((name): Environment[] => {
    const config = read(name)
    const previews = { define: {}, vars: {}, r2_buckets: [], ratelimits: [], ...config.previews }
    return [
      { name, isReleased: true, config },
      ...(config.previews ? [{ name: `${name}.previews`, isReleased: false, config: previews }] : []),
    ]
  })
  return [{ name: 'development', isReleased: false, config: top }, ...named]
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

/** Addresses hold search terms and email addresses, which Cloudflare records unless told not to. */
function recordedQueries({ observability }: Config): string[] {
  return [
    ...(observability?.redact_query_string ? [] : ['observability.redact_query_string is not true']),
    ...(observability?.logs?.invocation_logs === false ? [] : ['observability.logs.invocation_logs is not false']),
  ]
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
function shared(environments: Environment[]): string[] {
  const owners = new Map<string, string>()
  return environments.flatMap(({ name, config: { r2_buckets, ratelimits } }) =>
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
