import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { api } from '../../worker/api/api.ts'
import { type Operation, openApiOf } from '../../worker/api/openapi.ts'
import { type Answer, Client } from './client.ts'

const document = openApiOf(api.routes)
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema(document, 'api')
const validators = new Map<string, ValidateFunction>()

/** The paths of the document, those without parameters first, since OpenAPI matches those before templates. */
const PATHS = Object.entries(document.paths)
  .map(([path, operations]) => ({
    path,
    operations,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))

function validatorOf(pointer: string): ValidateFunction {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` })
  validators.set(pointer, validate)
  return validate
}

const escapePointer = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

/** JSON pointer to the schema of an answer's body; null if it has no body, undefined if that is not JSON. */
function schemaPointer(path: string, method: string, operation: Operation, status: number): string | null | undefined {
  const answer = operation.responses[status]
  if (!answer) throw new Error(`${method} ${path} answers ${status}, which /api/openapi.json does not list`)
  if ('$ref' in answer) return `${answer.$ref.slice(1)}/content/application~1json/schema`
  if (!answer.content) return null
  if (!('application/json' in answer.content)) return undefined
  return `/paths/${escapePointer(path)}/${method}/responses/${status}/content/application~1json/schema`
}

/** Fails unless an answer of the API matches /api/openapi.json: its status, its body and its error codes. */
export function checkAnswer(method: string, url: URL, { status, headers, body, text }: Answer): void {
  if (!url.pathname.startsWith('/api/') || method === 'OPTIONS') return
  // These come from no route: the redirect to https, a misconfigured server, and what the runtime itself rejects.
  if (status === 308 || (body === null && (status === 500 || !headers.has('x-request-id')))) return
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  const found = PATHS.find(({ pattern, operations }) => verb in operations && pattern.test(url.pathname))
  const operation = found?.operations[verb]
  const pointer = found && operation ? schemaPointer(found.path, verb, operation, status) : '/components/schemas/error'
  if (pointer === null) {
    expect(text, `${method} ${url.pathname}`).toBe('')
  } else if (pointer !== undefined && method !== 'HEAD') {
    const validate = validatorOf(pointer)
    const failure = `${method} ${url.pathname} ${status} ${text}\ndoes not match /api/openapi.json`
    expect(validate(body) ? [] : validate.errors, failure).toEqual([])
  }
}

Client.onAnswer = checkAnswer
