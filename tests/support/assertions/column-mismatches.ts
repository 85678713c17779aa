import type * as z from 'zod/mini'

/** The JavaScript type of each column type, as the driver returns it (worker/db/send.ts). */
const KINDS: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  'text[]': 'array',
  'uuid[]': 'array',
  'timestamp with time zone': 'string',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  json: 'object or array',
  jsonb: 'object or array',
}

type Schema = { _zod: { def: { type: string; shape?: Record<string, Schema>; innerType?: Schema } } }

/** The JavaScript type that a schema accepts, and whether it is optional; an enum is a string. */
function kindOf({ _zod: { def } }: Schema): { kind: string; optional: boolean } {
  if (!def.innerType) return { kind: def.type === 'enum' ? 'string' : def.type, optional: false }
  const { kind, optional } = kindOf(def.innerType)
  return { kind, optional: optional || def.type === 'optional' }
}

/** Lists where the columns of a result and the keys of a row schema differ, by name or type. */
export function columnMismatches(columns: { name: string; type: string }[], row: z.ZodMiniType): string[] {
  const shape = (row as unknown as Schema)._zod.def.shape ?? {}
  const found = new Map(columns.map(({ name, type }) => [name, type]))
  const missing = Object.entries(shape)
    .filter(([key, schema]) => !found.has(key) && !kindOf(schema).optional)
    .map(([key]) => `${key} is no column`)
  const wrong = columns.flatMap(({ name, type }) => {
    const schema = shape[name]
    if (!schema) return [`${name} is not in the row schema`]
    const { kind } = kindOf(schema)
    return KINDS[type]?.split(' or ').includes(kind) ? [] : [`${name} is ${type}, and declared as ${kind}`]
  })
  return [...missing, ...wrong]
}
