import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { api } from '../../worker/api/app.ts'
import { type Operation, openApiOf } from '../../worker/api/openapi.ts'
import { type Answer, Client } from './client.ts'

const document = openApiOf(api.routes)
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema(document, 'api')
const validators = new Map<string, ValidateFunction>()

/** The paths of the document, those without parameters first: OpenAPI matches these before templates. */
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

const escaped = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Where the schema of a route's answer stands; null: it has no body. */
function schemaAt(path: string, method: string, operation: Operation, status: number): string | null {
  const answer = operation.responses[status]
  if (!answer) throw new Error(`${method} ${path} answers ${status}, which /api/openapi.json does not know`)
  if ('$ref' in answer) return `${answer.$ref.slice(1)}/content/application~1json/schema`
  if (!answer.content) return null
  return `/paths/${escaped(path)}/${method}/responses/${status}/content/application~1json/schema`
}

/** Fails unless /api/openapi.json describes an answer of the API: its status, its body to the last property, its codes. */
export function checkAnswer(method: string, url: URL, { status, headers, body, text }: Answer): void {
  if (!url.pathname.startsWith('/api/') || method === 'OPTIONS') return
  // Not of a route: on to https, a server that is not set up, and what the runtime refuses by itself.
  if (status === 308 || (body === null && (status === 500 || !headers.has('x-request-id')))) return
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  const found = PATHS.find(({ pattern, operations }) => verb in operations && pattern.test(url.pathname))
  const operation = found?.operations[verb]
  const pointer = found && operation ? schemaAt(found.path, verb, operation, status) : '/components/schemas/error'
  if (pointer === null) {
    expect(text, `${method} ${url.pathname}`).toBe('')
  } else if (method !== 'HEAD') {
    const validate = validatorOf(pointer)
    const where = `${method} ${url.pathname} ${status} ${text}\nis not as /api/openapi.json has it`
    expect(validate(body) ? [] : validate.errors, where).toEqual([])
  }
}

Client.onAnswer = checkAnswer
