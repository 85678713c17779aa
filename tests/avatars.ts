import { request } from 'node:http'
import { expect } from 'vitest'
import type { Answer, Client } from './harness/client.ts'
import { expectStatus } from './harness/expect.ts'
import type { Site } from './harness/site.ts'
import { anyPicture } from './pictures.ts'

export const AVATAR = '/api/profile/avatar'

type Bucket = { AVATARS: { list(): Promise<{ objects: { key: string }[] }> } }

/** The keys of all that lies in the bucket. */
export async function storedIn({ server }: Site): Promise<string[]> {
  const { AVATARS } = await server.getWorker<Bucket>().getEnv()
  return (await AVATARS.list()).objects.map(({ key }) => key)
}

/** The key of the object behind an address. */
export const keyIn = (url: string) => `avatars/${url.split('/').at(-1)}`

export const upload = (who: Client, bytes: string | Uint8Array, type = 'image/png'): Promise<Answer> =>
  who.send('PUT', AVATAR, { 'content-type': type }, bytes as BodyInit)

/** Uploads a picture like no other; answers its address. */
export const dresses = async (who: Client): Promise<string> =>
  expectStatus(await upload(who, await anyPicture()), 200).body.avatar_url

export async function fetchPicture(origin: string, url: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const response = await fetch(new URL(url, origin))
  expect(response.status).toBe(200)
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** Says how long a body it has, and waits for the answer before it sends any of it. */
export function promise(url: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'PUT', headers }, async (response) => {
      resolve({ status: response.statusCode ?? 0, body: JSON.parse((await response.toArray()).join('')) })
      asking.destroy()
    })
    asking.once('error', reject)
    asking.flushHeaders()
  })
}
