import { request } from 'node:http'
import { type Answer, type Client, type Fields, toAnswer } from '../../harness/client.ts'

/**
 * Sends headers that announce a body of `length` bytes, and waits for the answer without sending the body. A sent body
 * that the Worker does not read makes workerd close the connection, and with it the next request on it.
 */
export function sendsHeadersOnly(
  who: Client,
  method: string,
  path: string,
  type: string,
  length: number,
): Promise<Answer> {
  const headers: Fields = { 'content-type': type, 'content-length': String(length) }
  const init = { method, headers: who.headersFor(method, headers), agent: false }
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, who.origin), init, async (response) => {
      const text = (await response.toArray()).join('')
      const lines = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      )
      resolve(toAnswer(response.statusCode ?? 0, new Headers(lines), text))
      outgoing.destroy()
    })
    outgoing.once('error', reject)
    outgoing.flushHeaders()
  })
}
