import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Request } from './load.ts'

/** Bytes of an answer, head included, as an edge would send it: workerd itself sends it uncompressed. */
export type WireBytes = { gzip: number; brotli: number }

/**
 * Asks once.
 * @throws Error if the answer is no success.
 */
export async function askOnce(origin: URL, { method = 'GET', path, headers = {}, body }: Request): Promise<WireBytes> {
  const init = { method, headers, redirect: 'manual' as const, ...(body === undefined ? {} : { body }) }
  const response = await fetch(new URL(path, origin), init)
  const content = Buffer.from(await response.arrayBuffer())
  if (!response.ok) throw new Error(`${method} ${path} was answered by ${response.status}: ${content.subarray(0, 500)}`)
  const head = [...response.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19)
  // What edges use for answers that they compress as they go.
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  return { gzip: head + gzipSync(content, { level: 6 }).length, brotli: head + brotli.length }
}
