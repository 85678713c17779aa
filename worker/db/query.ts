import type * as z from 'zod/mini'
import functions from '../../dist/functions-schema.json' with { type: 'json' }
import type { Nudged } from './nudged.ts'

/** Postgres types of parameters; a trailing `?` allows null. */
type ParameterType =
  | 'text'
  | 'uuid'
  | 'bigint'
  | 'integer'
  | 'boolean'
  | 'text[]'
  | 'uuid[]'
  | 'integer[]'
  | 'boolean[]'
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
  /** Name of the function, as in sql/functions and in spans. */
  name: string
  /** Names and types in the function's order. `viewer_sub` comes first, null when signed out. */
  params: P
  row: z.ZodMiniType<Row>
  /** Refuses signed-out callers and ended sessions (sql/functions/sessions/check_session.sql). */
  requiresViewer?: boolean
  /** Lets suspended users call a write: one that only reads, ends something, or is about their own account. */
  allowsSuspended?: boolean
  /** Returns the users who got a notification from the write: their open tabs are nudged, and their browsers get a push. */
  nudges?(row: NoInfer<Row>): Nudged
  /** Returns when the activity that a row shows expires (ISO 8601): limits how long the response may be cached. */
  expiresAt?(row: NoInfer<Row>): string
}

type SqlFunction<P extends Parameters, Row> = Declared<P, Row> & { text: string; requiresViewer: boolean }
/** A function that reads, for Db.read. */
export type ReadFunction<P extends Parameters, Row> = SqlFunction<P, Row> & { kind: 'read' }
/** A function that writes, for Db.write. */
export type WriteFunction<P extends Parameters, Row> = SqlFunction<P, Row> & { kind: 'write' }
export type AnyFunction = ReadFunction<Parameters, unknown> | WriteFunction<Parameters, unknown>

/**
 * Declares a function of sql/functions that reads. sql/functions.test.ts compares declarations with the functions in Postgres:
 * parameters, columns, and whether they write.
 */
export const readFunction = <const P extends Parameters, Row>(declared: Declared<P, Row>): ReadFunction<P, Row> => ({
  ...toSqlFunction(declared),
  kind: 'read',
})

/** Declares a function of sql/functions that writes. */
export const writeFunction = <const P extends Parameters, Row>(declared: Declared<P, Row>): WriteFunction<P, Row> => ({
  ...toSqlFunction(declared),
  kind: 'write',
})

function toSqlFunction<P extends Parameters, Row>(declared: Declared<P, Row>): SqlFunction<P, Row> {
  const casts = Object.values(declared.params).map((type, index) => `$${index + 1}::${type.replace('?', '')}`)
  const text = `select * from ${functions.schema}.${declared.name}(${casts.join(', ')})`
  return { requiresViewer: false, ...declared, text }
}

/** The `nudges` of a function that returns a column `nudged`. Functions that remove a reaction lack it: they nudge nobody. */
export const nudges = ({ nudged = [] }: { nudged?: Nudged | undefined }): Nudged => nudged
