import type * as z from 'zod/mini'
import functions from '../../dist/functions-schema.json' with { type: 'json' }
import type { Viewer } from '../contract/viewer.ts'

/** Postgres types of parameters, as a query file casts them; `?` allows null. */
type ParameterType = 'text' | 'uuid' | 'bigint' | 'integer' | 'boolean' | 'text[]' | 'integer[]' | 'boolean[]'
type DeclaredType = ParameterType | `${ParameterType}?`

type Base<T extends DeclaredType> = T extends `${infer B}?` ? B : T
type ValueOf<B> = B extends 'text' | 'uuid'
  ? string
  : B extends 'bigint' | 'integer'
    ? number
    : B extends 'boolean'
      ? boolean
      : B extends 'integer[]'
        ? number[]
        : B extends 'boolean[]'
          ? boolean[]
          : string[]
type Value<T extends DeclaredType> = T extends `${string}?` ? ValueOf<Base<T>> | null : ValueOf<Base<T>>

export type Parameters = Record<string, DeclaredType>
export type Values<P extends Parameters> = { [K in keyof P]: Value<P[K]> }

/** One statement of sql/queries, with what goes in (in the order of $1, $2 …) and the row that comes out. */
export type Query<P extends Parameters, Row> = {
  /** Its file in sql/queries, without the ending: what traces call it. */
  name: string
  text: string
  params: P
  row: z.ZodMiniType<Row>
  /** Its batch fails unless the viewer's session is good (sql/functions/sessions/check_session.sql). */
  requiresViewer: boolean
  /** When the activity that a row shows expires (ISO 8601): no cache keeps the answer longer. */
  expiresAt?(row: Row): string
}

/**
 * Declares a function of sql/functions, called with its parameters in order. A test compares it with the function as Postgres
 * knows it: parameters, types and columns.
 */
export function sqlFunction<const P extends Parameters, Row>(declared: {
  name: string
  params: P
  row: z.ZodMiniType<Row>
  requiresViewer?: boolean
  expiresAt?: (row: Row) => string
}): Query<P, Row> {
  const casts = Object.values(declared.params).map((type, index) => `$${index + 1}::${type.replace('?', '')}`)
  const text = `select * from ${functions.schema}.${declared.name}(${casts.join(', ')})`
  return { requiresViewer: false, ...declared, text }
}

/** Who asks, as every query with a viewer takes it. */
export const VIEWER = { viewer_sub: 'text?', viewer_auth_time: 'bigint?' } as const

/** The values of VIEWER when signed out. */
export const NOBODY = { viewer_sub: null, viewer_auth_time: null } as const

/** Declares a query file. A test prepares each one and compares its parameters and columns with this declaration. */
export function query<const P extends Parameters, Row>(declared: {
  name: string
  text: string
  params: P
  row: z.ZodMiniType<Row>
  requiresViewer?: boolean
}): Query<P, Row> {
  return { requiresViewer: false, ...declared }
}

/** The values of VIEWER. */
export const asViewer = (viewer: Viewer | null) =>
  viewer ? { viewer_sub: viewer.sub, viewer_auth_time: viewer.auth_time } : NOBODY
