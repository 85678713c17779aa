import type { ClientResponse, hc } from 'hono/client'
import type { ApiType } from '../../worker/api/api.ts'
import type { ErrorBody, ErrorCode } from '../../worker/contract/error.ts'
import { tryLoadErrorMessages } from '../texts/lazy-error-messages.ts'
import { rpcClient } from './rpc-client.ts'

/** The API's typed client: over the network in the browser, in process at the edge. */
export function createApi(origin: string, fetch: (request: Request) => Promise<Response>) {
  const client = rpcClient(origin, (url, init) => fetch(new Request(url, init)))
  return (client as ReturnType<typeof hc<ApiType>>).api
}

export type Api = ReturnType<typeof createApi>

/** An error of the API. In the shape of React Router's route error, so that it sets the document's status. */
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

/** Returns a handler that ignores an error of the API with this status, and throws any other error. */
export const ignoreStatus = (status: number) => (error: unknown) => {
  if (!(error instanceof ApiError && error.status === status)) throw error
}

/** Returns Retry-After in seconds. The API never sends it as a date. */
function retryAfterIn({ headers }: { headers: Headers }): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? seconds : undefined
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  Array.isArray((body as ErrorBody | null)?.errors) && (body as ErrorBody).errors.every((item) => 'code' in item)

/** Returns the error body for no response, or for one that is not the API's, such as a proxy's. */
const unreachable = (): ErrorBody => ({ errors: [{ code: 'database_unavailable' }], request_id: '' })

type Body<R> = R extends ClientResponse<infer B, infer S, infer _F> ? (S extends 200 | 201 | 204 ? B : never) : never

/**
 * Returns the body of a successful response.
 * @throws ApiError for any other response; with status 503 if there is none.
 */
export async function read<R extends ClientResponse<unknown>>(pending: Promise<R>): Promise<Body<R>> {
  let response: R
  try {
    response = await pending
  } catch {
    await tryLoadErrorMessages()
    throw new ApiError(503, unreachable())
  }
  if (response.status === 204) return null as Body<R>
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Body<R>
  await tryLoadErrorMessages()
  throw new ApiError(response.status, isErrorBody(body) ? body : unreachable(), retryAfterIn(response))
}
