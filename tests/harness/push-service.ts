import { createDecipheriv, createECDH, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { PushPayload, PushSubscription } from '../../worker/contract/push.ts'

/** A push message as the push service got it, and as its browser decrypts it. */
export type ReceivedPush = {
  endpoint: string
  headers: IncomingHttpHeaders
  body: Buffer
  payload: PushPayload
}

/** A push service on loopback, together with the browsers that subscribed to it. */
export type PushService = {
  /** The Worker's PUSH_ENDPOINT. */
  origin: string
  received: ReceivedPush[]
  /** Returns the subscription of a new browser. */
  subscribe(): PushSubscription
  /** The status of its answers, or what happens instead. */
  answers: number | 'never' | 'elsewhere'
  /** Accepts the pushes that it has not answered, and all from now on. */
  recover(): void
  /** Requests for an address that is no subscription. */
  strays: string[]
}

/** Starts a push service, and stops it after the test file. */
export async function openPushService(): Promise<PushService> {
  const browsers = new Map<string, Browser>()
  const unanswered: ServerResponse[] = []
  const service: PushService = { origin: '', received: [], subscribe, answers: 201, recover, strays: [] }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = request.url ?? ''
    const browser = browsers.get(path)
    if (!browser) {
      service.strays.push(path)
      response.writeHead(404).end()
      return
    }
    const body = Buffer.concat(chunks)
    const payload = JSON.parse(browser.decrypt(body).toString())
    service.received.push({ endpoint: `${service.origin}${path}`, headers: request.headers, body, payload })
    if (service.answers === 'never') unanswered.push(response)
    else if (service.answers === 'elsewhere') response.writeHead(307, { location: `${service.origin}/elsewhere` }).end()
    else response.writeHead(service.answers).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  service.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return service

  function recover(): void {
    service.answers = 201
    for (const response of unanswered.splice(0)) response.writeHead(201).end()
  }

  function subscribe(): PushSubscription {
    const path = `/push/${randomUUID()}`
    const browser = newBrowser()
    browsers.set(path, browser)
    return { endpoint: `${service.origin}${path}`, keys: browser.keys }
  }
}

type Browser = { keys: PushSubscription['keys']; decrypt(body: Buffer): Buffer }

/** The keys of a browser, and RFC 8291 as it decrypts: written from the RFC, with nothing of the Worker. */
function newBrowser(): Browser {
  const ecdh = createECDH('prime256v1')
  const publicKey = ecdh.generateKeys()
  const auth = randomBytes(16)
  const derive = (secret: Buffer, salt: Buffer, info: string | Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, length))
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    decrypt(body) {
      const [salt, recordSize, idLength] = [body.subarray(0, 16), body.readUInt32BE(16), body.readUInt8(20)]
      const [sender, record] = [body.subarray(21, 21 + idLength), body.subarray(21 + idLength)]
      if (record.length > recordSize) throw new Error('More than one record.')
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
      const input = derive(ecdh.computeSecret(sender), auth, info, 32)
      const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16)
      const nonce = derive(input, salt, 'Content-Encoding: nonce\0', 12)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce)
      decipher.setAuthTag(record.subarray(-16))
      const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
      const end = padded.lastIndexOf(2)
      if (padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('The padding is not zero.')
      return padded.subarray(0, end)
    },
  }
}
