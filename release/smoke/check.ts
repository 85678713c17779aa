import type { Answer, Client, Fields } from '../../tests/harness/client.ts'

/** What a smoke test is told. */
export type SmokeOptions = {
  /** Where the site is. */
  origin: string
  /** Who signs in; nobody does without. */
  account?: { email: string; password: string }
  /** The version that must answer. */
  version?: string
  /** The site has EDGE_CACHE_SECONDS=0. */
  uncached?: boolean
  /** Milliseconds that a check may take. */
  timeout?: number
  /** Headers of every request. */
  headers?: Fields
}

/** One thing that must be so; throws when it is not. */
export type Check = { name: string; run(client: Client, options: SmokeOptions): Promise<void> }

/** Asks for an address as a browser or a script of the site would. */
export async function visit(
  client: Client,
  path: string,
  headers: Fields = {},
): Promise<{ path: string; answer: Answer }> {
  const answer = path.startsWith('/api/') ? await client.get(path, headers) : await client.visits(path, headers)
  return { path, answer }
}
