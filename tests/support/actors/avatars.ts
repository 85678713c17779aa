import { expect } from 'vitest'
import type { Answer, Client } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'
import { expectStatus } from '../assertions/expect-answer.ts'
import { uniqueImage } from '../fixtures/images.ts'

export const AVATAR = '/api/profile/avatar'

/** The keys of all objects in the avatar bucket. */
export const storedKeys = ({ workerd }: Site): Promise<string[]> => workerd.listKeys('AVATARS')

/** The object key of an avatar URL. */
export const keyOfUrl = (url: string) => `avatars/${url.split('/').at(-1)}`

export const uploadAvatar = (who: Client, bytes: string | Uint8Array, type = 'image/png'): Promise<Answer> =>
  who.send('PUT', AVATAR, { 'content-type': type }, bytes as BodyInit)

/** Uploads a unique image; returns its URL. */
export const setsAvatar = async (who: Client): Promise<string> =>
  expectStatus(await uploadAvatar(who, await uniqueImage()), 200).body.avatar_url

export async function fetchImage(origin: string, url: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const response = await fetch(new URL(url, origin))
  expect(response.status).toBe(200)
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}
