import type { ClientResponse, hc } from 'hono/client'
import type { ApiType } from '../../worker/api/app.ts'
import type { ErrorBody, ErrorCode } from '../../worker/contract/error.ts'
import { loadSentences } from '../texts/sentences.ts'
import { rpcClient } from './rpc-client.ts'

/** The typed client of the API: in the browser over the network, at the edge the API app itself, in process. */
export function createApi(origin: string, fetch: (request: Request) => Promise<Response>) {
  const client = rpcClient(origin, (url, init) => fetch(new Request(url, init)))
  return (client as ReturnType<typeof hc<ApiType>>).api
}

export type Api = ReturnType<typeof createApi>

/** An answer of 400 or more. It has the shape that React Router knows as a route's error, so it decides the status. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly statusText = ''
  readonly internal = false
  readonly data: ErrorBody
  /** Seconds before which asking again is of no use, as the answer had it. */
  readonly retryAfter: number | undefined

  constructor(status: number, data: ErrorBody, retryAfter?: number) {
    super(`The API answered ${status}`)
    this.status = status
    this.data = data
    this.retryAfter = retryAfter
  }
}

/** Whether the API refused for this reason. */
export const hasCode = (error: unknown, code: ErrorCode): error is ApiError =>
  error instanceof ApiError && error.data.errors[0]?.code === code

/** `Retry-After` in seconds; the form with a date is not ours. */
function retryAfterIn({ headers }: { headers: Headers }): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? seconds : undefined
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  Array.isArray((body as ErrorBody | null)?.errors) && (body as ErrorBody).errors.every((item) => 'code' in item)

/** What an answer says when it is none of ours, or when there is none: the way to us is broken. */
const unreachable = (): ErrorBody => ({ errors: [{ code: 'database_unavailable' }], request_id: '' })

/** Whoever catches the error tells the reader of it. Out of reach, the words are not to be had either. */
const toldLater = () => loadSentences().catch(() => {})

type Body<R> = R extends ClientResponse<infer B, infer S, infer _F> ? (S extends 200 | 201 | 204 ? B : never) : never

/**
 * The body of a good answer.
 * @throws ApiError for any other, and for none (status 503).
 */
export async function read<R extends ClientResponse<unknown>>(answer: Promise<R>): Promise<Body<R>> {
  let response: R
  try {
    response = await answer
  } catch {
    await toldLater()
    throw new ApiError(503, unreachable())
  }
  if (response.status === 204) return null as Body<R>
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Body<R>
  await toldLater()
  throw new ApiError(response.status, isErrorBody(body) ? body : unreachable(), retryAfterIn(response))
}
