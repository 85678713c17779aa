// Part of `npm run check`: checks that each environment of wrangler.toml has the settings of worker/env.ts.
import { isDeepStrictEqual } from 'node:util'
import { unstable_readConfig as readConfig } from 'wrangler'
import { settings } from '../worker/env.ts'

/** The compared parts of an environment's configuration, with what it inherits from the top level. */
type Config = {
  define: Record<string, string>
  vars: Record<string, unknown>
  secrets?: { required?: string[] }
  images?: { binding: string }
  version_metadata?: { binding: string }
  durable_objects: { bindings: { name: string; class_name: string }[] }
  exports?: Record<string, unknown>
  r2_buckets: { binding: string; bucket_name: string }[]
  ratelimits: { name: string; namespace_id: string }[]
  observability?: { redact_query_string?: boolean; logs?: { invocation_logs?: boolean } }
}
type WholeConfig = Config & { definedEnvironments?: string[]; previews?: Partial<Config> }

/** An environment. `isReleased`: it must have its values in wrangler.toml; others get them when they are started. */
type Environment = { name: string; isReleased: boolean; config: Config }

/** Returns a line for each missing, wrong or unknown setting of a wrangler.toml. */
export function findGaps(file: string): string[] {
  const environments = readEnvironments(file)
  const { define } = environments[0]?.config ?? {}
  return [
    ...environments.flatMap(({ name, isReleased, config }) =>
      [
        ...missingBindings(config, name.endsWith('.previews') ? NOT_IN_PREVIEWS : []),
        ...undeclaredClasses(config),
        ...(isReleased ? missingValues(config) : []),
        ...unknownNames(config),
        // Without `define`, React's development build would be bundled.
        ...(isDeepStrictEqual(config.define, define) ? [] : ['define differs from the top level']),
        ...loggedQueryStrings(config),
      ].map((gap) => `${name}: ${gap}`),
    ),
    ...sharedResources(environments),
  ]
}

/** Bindings that previews may lack: without it their tabs poll. */
const NOT_IN_PREVIEWS = ['USER_SOCKETS']

/** Returns all environments, the top level first. Previews of an environment inherit nothing. */
function readEnvironments(file: string): Environment[] {
  const read = (env?: string) => readConfig({ config: file, env }, { hideWarnings: true }) as WholeConfig
  const top = read()
  const named = (top.definedEnvironments ?? []).flatMap((name): Environment[] => {
    const config = read(name)
    const previews = {
      define: {},
      vars: {},
      durable_objects: { bindings: [] },
      r2_buckets: [],
      ratelimits: [],
      exports: config.exports ?? {},
      ...config.previews,
    }
    return [
      { name, isReleased: true, config },
      ...(config.previews ? [{ name: `${name}.previews`, isReleased: false, config: previews }] : []),
    ]
  })
  return [{ name: 'development', isReleased: false, config: top }, ...named]
}

function missingBindings(environment: Config, optional: readonly string[]): string[] {
  const bound = bindingsOf(environment)
  return namesOf('binding').flatMap((name) => {
    if (optional.includes(name) && !(name in bound)) return []
    if (!(name in bound)) return [`${name} is not bound`]
    return settings.shape[name].safeParse(bound[name]).success ? [] : [`${name} has a binding of the wrong kind`]
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
    .map((name) => `${name} is unknown to worker/env.ts`)
}

/** Checks that the classes of Durable Object bindings are declared. */
const undeclaredClasses = ({ durable_objects, exports = {} }: Config): string[] =>
  durable_objects.bindings
    .filter(({ class_name }) => !Object.hasOwn(exports, class_name))
    .map(({ class_name }) => `exports has no ${class_name}`)

/** Checks that Cloudflare does not log query strings, which hold search terms and emails. */
function loggedQueryStrings({ observability }: Config): string[] {
  return [
    ...(observability?.redact_query_string ? [] : ['observability.redact_query_string is not true']),
    ...(observability?.logs?.invocation_logs === false ? [] : ['observability.logs.invocation_logs is not false']),
  ]
}

/** Returns a stand-in for each binding, with the method that worker/env.ts checks. */
function bindingsOf({
  durable_objects,
  images,
  r2_buckets,
  ratelimits,
  version_metadata,
}: Config): Record<string, object> {
  return Object.fromEntries([
    ...durable_objects.bindings.map(({ name }) => [name, { getByName() {} }]),
    ...r2_buckets.map(({ binding }) => [binding, { put() {} }]),
    ...ratelimits.map(({ name }) => [name, { limit() {} }]),
    ...(images ? [[images.binding, { input() {} }]] : []),
    ...(version_metadata ? [[version_metadata.binding, { id: '' }]] : []),
  ])
}

/** Returns buckets and rate limit namespaces that two environments share. */
function sharedResources(environments: Environment[]): string[] {
  const owners = new Map<string, string>()
  return environments.flatMap(({ name, config: { r2_buckets, ratelimits } }) =>
    [
      ...r2_buckets.map(({ bucket_name }) => `bucket ${bucket_name}`),
      ...ratelimits.map(({ namespace_id }) => `namespace_id ${namespace_id}`),
    ].flatMap((resource) => {
      const owner = owners.get(resource)
      owners.set(resource, name)
      return owner ? [`${name}: ${resource} ${owner === name ? 'is used twice' : `belongs to ${owner}`}`] : []
    }),
  )
}

type Name = keyof typeof settings.shape

/** Returns the names of settings that are bindings (objects) or values (texts). */
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
