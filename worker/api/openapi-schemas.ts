import * as z from 'zod/mini'

/** A JSON Schema (draft 2020-12, which OpenAPI 3.1 takes). */
export type JsonSchema = z.core.JSONSchema.BaseSchema

/** JSON Schemas by the zod schema that they are of, and the named ones among their parts (`id` in zod's registry). */
export type Converted = { of: (schema: z.ZodMiniType) => JsonSchema; components: Record<string, JsonSchema> }

const REF = /"#\/\$defs\//g

/** Converts many schemas at once, so that what they have in common is named once. `io`: as clients send or get it. */
export function toJsonSchemas(schemas: z.ZodMiniType[], io: 'input' | 'output'): Converted {
  const keyed = new Map([...new Set(schemas)].map((schema, index) => [schema, `s${index}`]))
  const all = z.object(Object.fromEntries([...keyed].map(([schema, key]) => [key, schema])))
  const text = JSON.stringify(z.toJSONSchema(all, { io })).replace(REF, '"#/components/schemas/')
  const { properties = {}, $defs = {} } = JSON.parse(text) as JsonSchema
  const of = (schema: z.ZodMiniType) => {
    const found = properties[keyed.get(schema) ?? '']
    if (typeof found !== 'object') throw new Error('A schema that was not converted')
    return found
  }
  const components = Object.fromEntries(
    Object.entries($defs).map(([name, { id: _, ...component }]) => [name, component]),
  )
  return { of, components }
}
