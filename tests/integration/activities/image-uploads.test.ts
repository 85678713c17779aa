import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { fetchImage } from '../../support/actors/avatars.ts'
import { IMAGES, imageKeyOf, imageKeys, uploadImage, uploads } from '../../support/actors/images.ts'
import { runCron, users } from '../../support/actors/many-users.ts'
import { sendsHeadersOnly } from '../../support/actors/unsent-body.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../../support/faults/faulty-bucket.ts'
import { withJpegComment } from '../../support/fixtures/image-metadata.ts'
import { animatedGif, decompressionBomb, testImages, uniqueImage } from '../../support/fixtures/images.ts'

const site = await openSite({ faultyBucket: true, liftLimits: true })
const { actors, db } = site

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } })

/** Sizes and metadata of a stored image, by its address. */
async function stored(url: string) {
  const { bytes } = await fetchImage(site.origin, url)
  const { format, width, height, exif, xmp, icc, iptc } = await sharp(bytes).metadata()
  return { format, width, height, metadata: [exif, xmp, icc, iptc].filter(Boolean), bytes }
}

describe('happy', () => {
  const kinds = { ...testImages, gif: animatedGif, avif: () => photo(64, 48).avif().toBuffer() }
  test.each(Object.entries(kinds))(
    '%s is stored as WebP without metadata, with a placeholder',
    async (_, makeBytes) => {
      const [anna] = await users(site, 'anna')
      const image = await uploads(anna, await makeBytes())
      const { format, width, height, metadata } = await stored(image.url)
      expect({ format, width, height, metadata }).toEqual({
        format: 'webp',
        width: image.width,
        height: image.height,
        metadata: [],
      })
      const [type, data = ''] = image.placeholder.split(',')
      expect(type).toBe('data:image/webp;base64')
      const small = await sharp(Buffer.from(data, 'base64')).metadata()
      expect(Math.max(small.width, small.height)).toBe(16)
    },
  )

  test('a photo is scaled to 1280 pixels, turned upright, and loses place, camera and comment', async () => {
    const [anna] = await users(site, 'anna')
    const bytes = await photo(4_000, 3_000)
      .withExif({
        IFD0: { Make: 'Secretcam', ImageDescription: 'my secret comment', Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(bytes.includes('Secretcam')).toBe(true)
    const image = await uploads(anna, bytes)
    expect(image).toMatchObject({ width: 960, height: 1_280 })
    const { width, height, metadata, bytes: kept } = await stored(image.url)
    expect({ width, height, metadata }).toEqual({ width: 960, height: 1_280, metadata: [] })
    for (const secret of ['Secretcam', 'secret comment', 'GPS', 'Exif']) expect(kept.includes(secret)).toBe(false)
  })

  test('an image that is also a page or an archive is stored as the image alone', async () => {
    const [anna] = await users(site, 'anna')
    const jpeg = withJpegComment(await testImages.jpeg(), '<script>alert(1)</script>')
    const polyglots = [
      Buffer.concat([jpeg, Buffer.from('<!doctype html><script>alert(1)</script>')]),
      Buffer.concat([await testImages.png(), Buffer.from('PK\x03\x04 a zip <script>alert(1)</script>', 'latin1')]),
      Buffer.concat([await testImages.gif(), Buffer.from('<script>alert(1)</script>')]),
    ]
    for (const bytes of polyglots) {
      const { url } = await uploads(anna, bytes)
      const { format, bytes: kept } = await stored(url)
      expect(format).toBe('webp')
      for (const rest of ['script', 'PK\x03\x04', 'html']) expect(kept.includes(rest)).toBe(false)
    }
  })

  test('a small image keeps its size', async () => {
    const [anna] = await users(site, 'anna')
    expect(await uploads(anna, await photo(300, 20).png().toBuffer())).toMatchObject({ width: 300, height: 20 })
  })

  test('a form with the field image is accepted', async () => {
    const anna = await actors.join()
    const form = new FormData()
    form.set('image', new Blob([(await uniqueImage()) as BlobPart], { type: 'image/png' }), 'a.png')
    const { url } = expectStatus(await anna.send('POST', IMAGES, {}, form), 201).body
    await fetchImage(site.origin, url)
  })

  test('its owner deletes it, with the object', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid, url } = await uploads(anna)
    expectStatus(await anna.delete(`${IMAGES}/${uuid}`), 204)
    await expect.poll(() => imageKeys(site)).not.toContain(imageKeyOf(url))
    expect((await fetch(new URL(url, site.origin))).status).toBe(410)
    expectErrors(await anna.delete(`${IMAGES}/${uuid}`), 404, ['not_found'])
  })
})

describe('error: refuses and keeps nothing', () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const cases: [string, () => string | Uint8Array | Promise<Uint8Array>, string][] = [
    ['SVG', () => SVG, 'image_type_unsupported'],
    ['HTML', () => '<!doctype html><script>alert(1)</script>', 'image_type_unsupported'],
    ['a PDF', () => '%PDF-1.7 and more', 'image_type_unsupported'],
    ['a video in the same container as HEIC', () => '\x00\x00\x00\x18ftypmp42 and more', 'image_type_unsupported'],
    ['HEIC that Images cannot decode', () => '\x00\x00\x00\x18ftypheic and more', 'image_type_unsupported'],
    ['an empty body', () => '', 'image_type_unsupported'],
    ['a PNG signature before HTML', () => Buffer.from('\x89PNG\r\n\x1a\n<script>', 'latin1'), 'image_damaged'],
    ['GIF89a before script', () => 'GIF89a/*<script>*/=1;alert(1)', 'image_damaged'],
    ['41 megapixels', () => decompressionBomb(8_200, 5_000), 'image_too_many_pixels'],
    ['a very wide image', () => decompressionBomb(40_000_001, 1), 'image_too_many_pixels'],
    ['an image with missing rows', () => decompressionBomb(500, 500), 'image_damaged'],
    ['a WebP signature before script', () => Buffer.from('RIFF....WEBP<script>', 'latin1'), 'image_damaged'],
    ['half a PNG', async () => halfOf(await photo(300, 200).png().toBuffer()), 'image_damaged'],
    ['half a JPEG', async () => halfOf(await testImages.jpeg()), 'image_damaged'],
    ['half a WebP', async () => halfOf(await testImages.webp()), 'image_damaged'],
  ]
  const halfOf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)

  test.each(cases)('%s', async (_, makeBytes, code) => {
    const [anna] = await users(site, 'anna')
    const before = await imageKeys(site)
    expectErrors(await uploadImage(anna, await makeBytes()), 422, [{ code, field: 'image' } as never])
    expect(await imageKeys(site)).toEqual(before)
    expect(await db.sql('select from activity_images where user_uuid = $1', [anna.uuid])).toEqual([])
  })

  test('more than 10 MiB answers 413, also inside a form', async () => {
    const [anna] = await users(site, 'anna')
    const size = 10 * 1024 * 1024 + 1
    const tooLarge = [{ code: 'body_too_large', field: 'image' } as const]
    expectErrors(await sendsHeadersOnly(anna, 'POST', IMAGES, 'image/png', size + 4_096), 413, tooLarge)
    expectErrors(await uploadImage(anna, Buffer.concat([await uniqueImage()], size)), 413, tooLarge)
    const form = new FormData()
    form.set('image', new Blob([Buffer.alloc(size)]), 'a.png')
    expectErrors(await anna.send('POST', IMAGES, {}, form), 413, tooLarge)
  })

  test('a form without the file answers 400', async () => {
    const [anna] = await users(site, 'anna')
    const form = new FormData()
    form.set('image', 'no file')
    expectErrors(await anna.send('POST', IMAGES, {}, form), 400, [{ code: 'bad_request', field: 'image' }])
    const type = { 'content-type': 'multipart/form-data; boundary=x' }
    expectErrors(await anna.send('POST', IMAGES, type, 'junk'), 400, [{ code: 'bad_request', field: 'image' }])
  })
})

describe('security', () => {
  test('signed-out and cross-site uploads are refused', async () => {
    const anna = await actors.join()
    const before = await imageKeys(site)
    const bytes = await uniqueImage()
    expectErrors(await uploadImage(actors.visitor(), bytes), 401, ['unauthorized'])
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'image/png' }
    expectErrors(await anna.send('POST', IMAGES, headers, bytes as BodyInit), 403, ['cross_origin'])
    expect(await imageKeys(site)).toEqual(before)
  })

  test('an ended session is refused before the image is decoded', async () => {
    const anna = await actors.join()
    const script = anna.asApiClient()
    expectStatus(await anna.delete('/api/session/all'), 204)
    // Decoding this would fail with image_damaged.
    const damaged = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
    expectErrors(await uploadImage(script, damaged), 401, ['session_ended'])
  })

  test('nobody else can delete an image', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const { uuid, url } = await uploads(anna)
    expectErrors(await ben.delete(`${IMAGES}/${uuid}`), 404, ['not_found'])
    expectErrors(await ben.delete(`${IMAGES}/x`), 404, ['not_found'])
    await fetchImage(site.origin, url)
  })
})

describe('faults', () => {
  const unavailable = ['pictures_unavailable'] as const

  test.each(['images', 'images-half', 'put'])(
    'under the fault %s an upload answers 503, keeps nothing, and works right after',
    async (fault) => {
      const [anna] = await users(site, 'anna')
      const before = await imageKeys(site)
      const bytes = await uniqueImage()
      const answer = await uploadImage(anna, bytes, fault)
      expectErrors(answer, 503, [...unavailable])
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await imageKeys(site)).toEqual(before)
      expectStatus(await uploadImage(anna, bytes), 201)
    },
  )

  test('while the bucket or Images does not answer, an upload or an image is a 503 after ten seconds', async () => {
    const [anna] = await users(site, 'anna')
    const { url } = await uploads(anna)
    const before = await imageKeys(site)
    const bytes = await uniqueImage()
    const startedAt = Date.now()
    const answers = await Promise.all([
      uploadImage(anna, bytes, 'images-hang'),
      uploadImage(anna, bytes, 'put-hang'),
      actors.visitor().get(url, { [BUCKET_FAULT_HEADER]: 'get-hang' }),
    ])
    for (const answer of answers) expectStatus(answer, 503)
    expect(Date.now() - startedAt).toBeLessThan(20_000)
    expect(await imageKeys(site)).toEqual(before)
    expectStatus(await uploadImage(anna, bytes), 201)
    expectStatus(await actors.visitor().get(url), 200)
  })

  test('if Images breaks off once, the image is encoded again', async () => {
    const [anna] = await users(site, 'anna')
    const { url } = expectStatus(await uploadImage(anna, await uniqueImage(), 'images-once'), 201).body
    expect(await stored(url)).toMatchObject({ format: 'webp', width: 8, height: 8 })
  })

  test('an object whose upload seems to have failed ends within an hour', async () => {
    const [anna] = await users(site, 'anna')
    const before = await imageKeys(site)
    expectErrors(await uploadImage(anna, await uniqueImage(), 'put-late'), 503, [...unavailable])
    expect(await imageKeys(site)).toHaveLength(before.length + 1)
    await db.sql("update activity_images set created_at = created_at - interval '1 hour' where user_uuid = $1", [
      anna.uuid,
    ])
    await runCron(site)
    expect(await imageKeys(site)).toHaveLength(before.length)
  })

  test('if the row cannot be written, no object is stored', async () => {
    const [anna] = await users(site, 'anna')
    const before = await imageKeys(site)
    site.database.outageAfter(1)
    expectErrors(await uploadImage(anna, await uniqueImage()), 503, ['database_unavailable'])
    site.database.setOutage(false)
    expect(await imageKeys(site)).toEqual(before)
  })
})
