import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Request } from './load.ts'

/** Bytes of an answer with its head, compressed as by an edge: workerd itself sends it uncompressed. */
export type WireBytes = { gzip: number; brotli: number }

/**
 * Sends a request and measures its answer.
 * @throws Error if the answer is not a success.
 */
export async function requestOnce(
  origin: URL,
  { method = 'GET', path, headers = {}, body }: Request,
): Promise<WireBytes> {
  const init = { method, headers, redirect: 'manual' as const, ...(body === undefined ? {} : { body }) }
  const response = await fetch(new URL(path, origin), init)
  const content = Buffer.from(await response.arrayBuffer())
  if (!response.ok) throw new Error(`${method} ${path} was answered by ${response.status}: ${content.subarray(0, 500)}`)
  const head = [...response.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19)
  // The quality that edges use when they compress on the fly.
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  return { gzip: head + gzipSync(content, { level: 6 }).length, brotli: head + brotli.length }
}
