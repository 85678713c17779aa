import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import { LIVE_PATH } from '../../../worker/contract/live.ts'
import type { Client, Fields } from '../../harness/client.ts'

/** Opcodes of https://datatracker.ietf.org/doc/html/rfc6455#section-11.8 */
const TEXT = 1
const CLOSE = 8

/**
 * A tab's socket of nudges. Not Node's WebSocket: it reports a close code only once the server ends the connection, which workerd
 * does when the object hibernates, ten seconds later.
 */
export class LiveSocket {
  /** The texts that the server has sent. */
  readonly frames: string[] = []
  /** The close code, once the server has closed the socket. */
  readonly closed: Promise<number>
  readonly #stream: Duplex
  #received = Buffer.alloc(0)
  #onClose: (code: number) => void = () => {}

  constructor(stream: Duplex, head: Buffer) {
    this.#stream = stream
    this.closed = new Promise((resolve) => {
      this.#onClose = resolve
    })
    this.#receive(head)
    stream.on('data', (bytes: Buffer) => this.#receive(bytes))
    stream.on('error', () => {})
  }

  /** Sends a short text. */
  send(text: string): void {
    const mask = Buffer.alloc(4)
    this.#stream.write(Buffer.concat([Buffer.from([0x80 | TEXT, 0x80 | text.length]), mask, Buffer.from(text)]))
  }

  /** Reads frames, all of which are shorter than 126 bytes and whole. */
  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes])
    for (;;) {
      const [first = 0, length = 0] = this.#received
      if (this.#received.length < 2 || this.#received.length < 2 + length) return
      const payload = this.#received.subarray(2, 2 + length)
      this.#received = this.#received.subarray(2 + length)
      if ((first & 15) === TEXT) this.frames.push(payload.toString())
      if ((first & 15) === CLOSE) this.#onClose(payload.readUInt16BE())
    }
  }
}

/** Asks for a socket as a tab does. */
function asks(who: Client, headers: Fields = {}): ClientRequest {
  const asked = request(new URL(LIVE_PATH, who.origin), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...who.headersFor('GET', { origin: who.origin, ...headers }),
    },
  })
  asked.end()
  return asked
}

type Upgrade = { answer: IncomingMessage; stream: Duplex; head: Buffer }

/** Resolves with the answer to a request for a socket. The connection is closed after the test. */
function answered(asked: ClientRequest): Promise<Upgrade> {
  return new Promise((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (answer) => resolve({ answer, stream: answer.socket, head: Buffer.alloc(0) }))
    asked.on('upgrade', (answer, stream, head) => resolve({ answer, stream, head }))
    onTestFinished(() => void asked.destroy())
  })
}

/** Opens the socket of a signed-in user's tab. It is closed after the test. */
export async function opensSocket(who: Client): Promise<LiveSocket> {
  const { answer, stream, head } = await answered(asks(who))
  if (answer.statusCode !== 101) throw new Error(`The socket was refused with ${answer.statusCode}.`)
  onTestFinished(() => void stream.destroy())
  return new LiveSocket(stream, head)
}

/** Asks for a socket, and returns the status of the answer: 101 if it is opened. */
export async function socketStatus(who: Client, headers: Fields = {}): Promise<number> {
  const { answer, stream } = await answered(asks(who, headers))
  stream.destroy()
  return answer.statusCode ?? 0
}
