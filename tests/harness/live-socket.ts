import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import { LIVE_PATH } from '../../worker/contract/live.ts'
import type { Client, Fields } from './client.ts'

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
  /** The close code, once the server has closed the socket; 1006 if the connection has ended without one. */
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
    stream.on('close', () => this.#onClose(1006))
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
export function askForSocket(who: Client, headers: Fields = {}): ClientRequest {
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

/** Resolves with the answer to a request for a socket. */
export function answerOf(asked: ClientRequest): Promise<Upgrade> {
  return new Promise((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (answer) => resolve({ answer, stream: answer.socket, head: Buffer.alloc(0) }))
    asked.on('upgrade', (answer, stream, head) => resolve({ answer, stream, head }))
  })
}

/** Returns the socket that a request has got. Throws if it was refused. */
export async function socketOf(asked: ClientRequest): Promise<LiveSocket> {
  const { answer, stream, head } = await answerOf(asked)
  if (answer.statusCode !== 101) throw new Error(`The socket was refused with ${answer.statusCode}.`)
  return new LiveSocket(stream, head)
}
