/** Calls a JSON API with a token. Returns the response's body. @throws ApiError */
export type JsonApi = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** An error response of an API: its name, path and status, without the data that was sent. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number

  constructor(api: string, method: string, path: string, status: number) {
    super(`${api} answered ${status} to ${method} ${path.split('?')[0]}`)
    this.status = status
  }
}

export function jsonApi(name: string, base: string, token: string, headers: Record<string, string> = {}): JsonApi {
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new ApiError(name, method, path, response.status)
    return (response.status === 204 ? null : await response.json()) as never
  }
}
