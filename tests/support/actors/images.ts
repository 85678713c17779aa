import type { Activity } from '../../../worker/contract/activity.ts'
import type { UploadedImage } from '../../../worker/contract/image.ts'
import type { Answer, Client } from '../../harness/client.ts'
import type { Site } from '../../harness/site.ts'
import { expectStatus } from '../assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../faults/faulty-bucket.ts'
import { uniqueImage } from '../fixtures/images.ts'

export const IMAGES = '/api/images'

/** Uploads bytes as an image for an activity. `fault`: what fails meanwhile (faulty-bucket.ts). */
export const uploadImage = (who: Client, bytes: string | Uint8Array, fault?: string): Promise<Answer> =>
  who.send(
    'POST',
    IMAGES,
    { 'content-type': 'application/octet-stream', ...(fault && { [BUCKET_FAULT_HEADER]: fault }) },
    bytes as BodyInit,
  )

/** Uploads a unique image. */
export const uploads = async (who: Client, bytes?: Uint8Array): Promise<UploadedImage> =>
  expectStatus(await uploadImage(who, bytes ?? (await uniqueImage())), 201).body

/** Posts an activity with images of these uuids. */
export const postImages = (who: Client, uuids: string[], alt = 'a harbour at dusk', path = '/api/activities') =>
  who.post(path, { message: 'look', ttl: '1-hour', images: uuids.map((uuid) => ({ uuid, alt })) })

/** Uploads `count` images and posts an activity with them. */
export async function postsImages(who: Client, count = 1, path?: string): Promise<Activity> {
  const uuids = await Promise.all(Array.from({ length: count }, async () => (await uploads(who)).uuid))
  return expectStatus(await postImages(who, uuids, undefined, path), 201).body
}

type Json = { message: string; ttl?: string } & Record<string, unknown>

/** Uploads `count` images with this alt text, and posts an activity with them and further fields. */
export async function postsWithImages(
  who: Client,
  count: number,
  json: Json,
  { path = '/api/activities', alt = 'a harbour at dusk' } = {},
): Promise<Activity> {
  const uuids = await Promise.all(Array.from({ length: count }, async () => (await uploads(who)).uuid))
  const images = uuids.map((uuid) => ({ uuid, alt }))
  return expectStatus(await who.post(path, { ttl: '1-hour', ...json, images }), 201).body
}

/** The keys of all objects of images. */
export const imageKeys = async ({ workerd }: Site): Promise<string[]> =>
  (await workerd.listKeys('AVATARS')).filter((key) => key.startsWith('images/'))

/** The object key of an image's address. */
export const imageKeyOf = (url: string): string => `images/${url.split('/')[3]}`
