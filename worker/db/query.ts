import type * as z from 'zod/mini'
import functions from '../../dist/functions-schema.json' with { type: 'json' }

/** Postgres types of parameters; `?` allows null. */
type ParameterType = 'text' | 'uuid' | 'bigint' | 'integer' | 'boolean' | 'text[]' | 'integer[]' | 'boolean[]'
type DeclaredType = ParameterType | `${ParameterType}?`

type Base<T extends DeclaredType> = T extends `${infer B}?` ? B : T
type ValueOf<B> = B extends `${infer Item}[]`
  ? ValueOf<Item>[]
  : B extends 'bigint' | 'integer'
    ? number
    : B extends 'boolean'
      ? boolean
      : string
type Value<T extends DeclaredType> = T extends `${string}?` ? ValueOf<Base<T>> | null : ValueOf<Base<T>>

export type Parameters = Record<string, DeclaredType>
export type Values<P extends Parameters> = { [K in keyof P]: Value<P[K]> }

type Declared<P extends Parameters, Row> = {
  /** Its name in sql/functions and in spans. */
  name: string
  /** Names and types in the function's order. One that begins with `viewer_sub` has a viewer; null: signed out. */
  params: P
  row: z.ZodMiniType<Row>
  /** Its batch fails unless the viewer's session is good (sql/functions/sessions/check_session.sql). */
  requiresViewer?: boolean
  /** When the activity that a row shows expires (ISO 8601): no cache keeps the answer longer. */
  expiresAt?(row: NoInfer<Row>): string
}

type SqlFunction<P extends Parameters, Row> = Declared<P, Row> & { text: string; requiresViewer: boolean }
/** A function that only reads: see Db.read. */
export type ReadFunction<P extends Parameters, Row> = SqlFunction<P, Row> & { kind: 'read' }
/** A function that writes: see Db.write. */
export type WriteFunction<P extends Parameters, Row> = SqlFunction<P, Row> & { kind: 'write' }
export type AnyFunction = ReadFunction<Parameters, unknown> | WriteFunction<Parameters, unknown>

/**
 * Declares a function of sql/functions that reads. A test compares declarations with the functions as Postgres knows them:
 * parameters, columns, and whether they write.
 */
export const readFunction = <const P extends Parameters, Row>(declared: Declared<P, Row>): ReadFunction<P, Row> => ({
  ...call(declared),
  kind: 'read',
})

/** The same for one that writes. */
export const writeFunction = <const P extends Parameters, Row>(declared: Declared<P, Row>): WriteFunction<P, Row> => ({
  ...call(declared),
  kind: 'write',
})

function call<P extends Parameters, Row>(declared: Declared<P, Row>): SqlFunction<P, Row> {
  const casts = Object.values(declared.params).map((type, index) => `$${index + 1}::${type.replace('?', '')}`)
  const text = `select * from ${functions.schema}.${declared.name}(${casts.join(', ')})`
  return { requiresViewer: false, ...declared, text }
}
