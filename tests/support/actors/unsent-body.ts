import { request } from 'node:http'
import { type Answer, type Client, type Fields, toAnswer } from '../../harness/client.ts'

/**
 * Says how long a body it has, and waits for the answer before it sends any of it. What nobody reads must not be sent:
 * workerd cuts a line on which much was left unread, and with it whatever is asked on that line next.
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
    const asking = request(new URL(path, who.origin), init, async (response) => {
      const text = (await response.toArray()).join('')
      const lines = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      )
      resolve(toAnswer(response.statusCode ?? 0, new Headers(lines), text))
      asking.destroy()
    })
    asking.once('error', reject)
    asking.flushHeaders()
  })
}
