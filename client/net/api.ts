import type { ClientResponse, hc } from 'hono/client'
import type { ApiType } from '../../worker/api/app.ts'
import type { ErrorBody, ErrorCode } from '../../worker/contract/error.ts'
import { loadSentences } from '../texts/sentences.ts'
import { rpcClient } from './rpc-client.ts'

/** The API's typed client: over the network in the browser, in process at the edge. */
export function createApi(origin: string, fetch: (request: Request) => Promise<Response>) {
  const client = rpcClient(origin, (url, init) => fetch(new Request(url, init)))
  return (client as ReturnType<typeof hc<ApiType>>).api
}

export type Api = ReturnType<typeof createApi>

/** A response of 400 or more. Its shape is React Router's route error, so it sets a document's status. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly statusText = ''
  readonly internal = false
  readonly data: ErrorBody
  /** The Retry-After header, in seconds. */
  readonly retryAfter: number | undefined

  constructor(status: number, data: ErrorBody, retryAfter?: number) {
    super(`The API answered ${status}`)
    this.status = status
    this.data = data
    this.retryAfter = retryAfter
  }
}

/** Whether an error of the API has this code. */
export const hasCode = (error: unknown, code: ErrorCode): error is ApiError =>
  error instanceof ApiError && error.data.errors[0]?.code === code

/** `Retry-After` in seconds; we never send the form with a date. */
function retryAfterIn({ headers }: { headers: Headers }): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? seconds : undefined
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  Array.isArray((body as ErrorBody | null)?.errors) && (body as ErrorBody).errors.every((item) => 'code' in item)

/** The error body for a response that is not ours, and for none: something between broke. */
const unreachable = (): ErrorBody => ({ errors: [{ code: 'database_unavailable' }], request_id: '' })

/** Loads the sentence that will be shown for an error. Offline it cannot be had. */
const loadErrorSentence = () => loadSentences().catch(() => {})

type Body<R> = R extends ClientResponse<infer B, infer S, infer _F> ? (S extends 200 | 201 | 204 ? B : never) : never

/**
 * Returns the body of a successful response.
 * @throws ApiError for any other, and with status 503 for none.
 */
export async function read<R extends ClientResponse<unknown>>(answer: Promise<R>): Promise<Body<R>> {
  let response: R
  try {
    response = await answer
  } catch {
    await loadErrorSentence()
    throw new ApiError(503, unreachable())
  }
  if (response.status === 204) return null as Body<R>
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Body<R>
  await loadErrorSentence()
  throw new ApiError(response.status, isErrorBody(body) ? body : unreachable(), retryAfterIn(response))
}
