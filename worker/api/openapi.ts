import type { RouterRoute } from 'hono/types'
import * as z from 'zod/mini'
import { ACCESS_COOKIE } from '../auth/cookies/session-cookies.ts'
import { ERROR_STATUS, type ErrorCode } from '../contract/error.ts'
import { errorBody } from '../contract/error-body.ts'
import { newApp } from '../hono-env.ts'
import { describe } from './describe.ts'
import { type JsonSchema, toJsonSchemas } from './openapi-schemas.ts'
import { type ApiRoute, routeTable } from './route-table.ts'

type Media = Record<string, { schema?: JsonSchema }>
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: JsonSchema }
type Answer = { description: string; content?: Media }
export type Operation = {
  operationId: string
  summary: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: true; content: Record<string, { schema?: JsonSchema }> }
  responses: Record<string, Answer | { $ref: string }>
}
/** The subset of OpenAPI 3.1 that this file generates: https://spec.openapis.org/oas/v3.1.1.html */
export type OpenApi = {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, Answer>
    securitySchemes: Record<string, Record<string, string>>
  }
}

const PARAMETERS: Record<string, JsonSchema> = {
  uuid: { type: 'string', format: 'uuid' },
  at_handle: { type: 'string', pattern: '^@\\w{1,30}$' },
  tag: { type: 'string' },
  reference: { type: 'string' },
  position: { type: 'integer', minimum: 1 },
}

const SECURITY: Record<ApiRoute['auth'], Operation['security']> = {
  none: [],
  optional: [{}, { bearer: [] }, { session: [] }],
  required: [{ bearer: [] }, { session: [] }],
  moderator: [{ bearer: [] }, { session: [] }],
}

const json = (schema: JsonSchema): Media => ({ 'application/json': { schema } })

/** Returns the OpenAPI document of an app's routes. */
export function openApiOf(mounted: RouterRoute[]): OpenApi {
  const { routes } = routeTable(mounted)
  const bodies = routes.flatMap(({ answers }) => Object.values(answers).filter((schema) => schema !== null))
  const inputs = toJsonSchemas(
    routes.flatMap((route) => [route.query, route.json].filter((schema) => schema !== undefined)),
    'input',
  )
  const outputs = toJsonSchemas([...bodies, errorBody], 'output')
  const paths: OpenApi['paths'] = {}
  const shared: Record<string, Answer> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const input = (schema: z.ZodMiniType | undefined) => schema && inputs.of(schema)
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = {
      operationId: operationId(route),
      summary: route.summary,
      tags: [route.path.split('/')[2] ?? ''],
      security: SECURITY[route.auth],
      ...withParameters(route, input(route.query)),
      ...withBody(route, input(route.json)),
      responses: {
        ...goodAnswers(route, outputs.of),
        ...errorAnswers(route, shared),
      },
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Cruddur',
      version: '1',
      description:
        'Posts ("cruds") that expire. Times are ISO 8601 in UTC. Lists are paged by `cursor`; GET answers have an ETag. ' +
        'A 429 or 503 says in Retry-After when to try again.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...inputs.components, ...outputs.components },
      responses: shared,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token of Cognito.' },
        session: { type: 'apiKey', in: 'cookie', name: ACCESS_COOKIE, description: 'Set by POST /api/session.' },
      },
    },
  }
}

/** Returns getActivitiesByUuidReplies for GET /api/activities/:uuid/replies. */
function operationId({ method, path }: ApiRoute): string {
  const words = path.split('/').slice(2)
  const names = words.map((word) =>
    word.replace(/^:/, 'by_').replace(/(?:^|[^a-z])([a-z])/g, (_, c) => c.toUpperCase()),
  )
  return method.toLowerCase() + names.join('')
}

function withParameters(route: ApiRoute, query: JsonSchema | undefined): { parameters?: Parameter[] } {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => {
    const schema = PARAMETERS[name]
    if (!schema) throw new Error(`PARAMETERS in worker/api/openapi.ts lacks :${name} of ${route.path}`)
    return { name, in: 'path', required: true, schema }
  })
  const inQuery = Object.entries(query?.properties ?? {}).map(
    ([name, schema]): Parameter => ({
      name,
      in: 'query',
      required: query?.required?.includes(name) ?? false,
      schema: schema === true || schema === false ? {} : schema,
    }),
  )
  const key: Parameter = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }
  const parameters = [...inPath, ...inQuery, ...(route.takesIdempotencyKey ? [key] : [])]
  return parameters.length > 0 ? { parameters } : {}
}

function withBody({ mediaTypes }: ApiRoute, body: JsonSchema | undefined): Pick<Operation, 'requestBody'> {
  if (body) return { requestBody: { required: true, content: json(body) } }
  if (!mediaTypes) return {}
  return { requestBody: { required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, {}])) } }
}

function goodAnswers(route: ApiRoute, schemaOf: (schema: z.ZodMiniType) => JsonSchema): Record<string, Answer> {
  const answers = Object.entries(route.answers).map(([status, schema]): [string, Answer] => {
    if (schema) return [status, { description: 'Done.', content: json(schemaOf(schema)) }]
    if (route.answerType) return [status, { description: 'Done.', content: { [route.answerType]: {} } }]
    return [status, { description: 'Done; no body.' }]
  })
  const unchanged = { description: 'Not modified since the ETag in If-None-Match.' }
  return { ...Object.fromEntries(answers), ...(route.method === 'GET' ? { 304: unchanged } : {}) }
}

/** Error responses with at most this many codes become shared components. */
const SHARED_CODES_MAX = 3

/**
 * Returns the error responses by status. One response lists all that is wrong with an input, so a status used for invalid
 * input may also hold input codes that have another status.
 */
function errorAnswers({ errors, inputErrors }: ApiRoute, shared: Record<string, Answer>): Operation['responses'] {
  const statusesOfInput = new Set([...inputErrors].map((code) => ERROR_STATUS[code]))
  const isOfInput = (code: ErrorCode) => inputErrors.has(code) || ERROR_STATUS[code] === 422
  const statuses = new Set(errors.map((code) => ERROR_STATUS[code]))
  return Object.fromEntries(
    [...statuses].map((status): [string, Answer | { $ref: string }] => {
      const own = errors.filter((code) => ERROR_STATUS[code] === status)
      const codes = errors.filter((code) => own.includes(code) || (statusesOfInput.has(status) && isOfInput(code)))
      const answer = { description: own.join(', '), content: json(withCodes(codes)) }
      if (codes.length > SHARED_CODES_MAX) return [String(status), answer]
      const name = codes.join('.')
      shared[name] = answer
      return [String(status), { $ref: `#/components/responses/${name}` }]
    }),
  )
}

/** Returns the schema of an error body, restricted to these codes. */
const withCodes = (codes: ErrorCode[]): JsonSchema => ({
  allOf: [
    { $ref: '#/components/schemas/error' },
    { properties: { errors: { items: { properties: { code: { enum: codes } } } } } },
  ],
})

/** Route of /api/openapi.json. `mounted`: the app's routes; the document is generated at an isolate's first request. */
export function openApi(mounted: RouterRoute[]) {
  let text: string | undefined
  return newApp().get(
    '/',
    describe({ summary: 'This document', answers: { 200: z.looseObject({}) }, cacheable: 'other' }),
    (c) => {
      text ??= JSON.stringify(openApiOf(mounted))
      return c.body(text, 200, { 'content-type': 'application/json' })
    },
  )
}
