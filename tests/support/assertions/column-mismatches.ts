import type * as z from 'zod/mini'

/** What the driver makes of a column's type (worker/db/send.ts). */
const KINDS: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  'text[]': 'array',
  'timestamp with time zone': 'string',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  json: 'object or array',
  jsonb: 'object or array',
}

type Schema = { _zod: { def: { type: string; shape?: Record<string, Schema>; innerType?: Schema } } }

/** The kind of value that a schema takes (one of a few texts is a text), and whether it may be missing. */
function kindOf({ _zod: { def } }: Schema): { kind: string; optional: boolean } {
  if (!def.innerType) return { kind: def.type === 'enum' ? 'string' : def.type, optional: false }
  const { kind, optional } = kindOf(def.innerType)
  return { kind, optional: optional || def.type === 'optional' }
}

/** Differences between the columns of an answer, by name and type, and the keys of a row schema. */
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
