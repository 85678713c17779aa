import type { Answer, Client, Fields } from '../../tests/harness/client.ts'

/** Options of a smoke test. */
export type SmokeOptions = {
  /** The site's origin. */
  origin: string
  /** Account to sign in with; without it only public checks run. */
  account?: { email: string; password: string }
  /** The expected version. */
  version?: string
  /** Whether the site has EDGE_CACHE_SECONDS=0. */
  uncached?: boolean
  /** Timeout of a check, in ms. */
  timeout?: number
  /** Headers of every request. */
  headers?: Fields
}

/** A check; `run` throws if it fails. */
export type Check = { name: string; run(client: Client, options: SmokeOptions): Promise<void> }

/** Requests a path as a browser (page) or the client's script (API) would. */
export async function request(
  client: Client,
  path: string,
  headers: Fields = {},
): Promise<{ path: string; answer: Answer }> {
  const answer = path.startsWith('/api/') ? await client.get(path, headers) : await client.visits(path, headers)
  return { path, answer }
}
