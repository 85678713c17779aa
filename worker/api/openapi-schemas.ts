import * as z from 'zod/mini'

/** A JSON Schema of draft 2020-12, the draft of OpenAPI 3.1. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

/** `of` returns the JSON Schema of a zod schema. `components` are the nested schemas that have an `id` in zod's registry. */
export type Converted = { of: (schema: z.ZodMiniType) => JsonSchema; components: Record<string, JsonSchema> }

const REF = /"#\/\$defs\//g

/** Converts zod schemas together, so that shared parts become one component. `io`: the schema of requests or of responses. */
export function toJsonSchemas(schemas: z.ZodMiniType[], io: 'input' | 'output'): Converted {
  const keyed = new Map([...new Set(schemas)].map((schema, index) => [schema, `s${index}`]))
  const all = z.object(Object.fromEntries([...keyed].map(([schema, key]) => [key, schema])))
  const text = JSON.stringify(z.toJSONSchema(all, { io })).replace(REF, '"#/components/schemas/')
  const { properties = {}, $defs = {} } = JSON.parse(text) as JsonSchema
  const of = (schema: z.ZodMiniType) => {
    const found = properties[keyed.get(schema) ?? '']
    if (typeof found !== 'object') throw new Error('This schema was not converted')
    return found
  }
  const components = Object.fromEntries(
    Object.entries($defs).map(([name, { id: _, ...component }]) => [name, component]),
  )
  return { of, components }
}
