import { describe, expect, test } from 'vitest'
import { imageUrl } from '../../../worker/image-url.ts'
import { openSite } from '../../harness/site.ts'
import { makeJobEnv } from '../../harness/worker-env.ts'
import { blocks } from '../../support/actors/actions.ts'
import { imageKeys, postsImages, uploads } from '../../support/actors/images.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../../support/faults/faulty-bucket.ts'

const site = await openSite({ faultyBucket: true, liftLimits: true })
const { actors, db } = site
const env = makeJobEnv(db, {})

/** The first image's address of a new activity. */
async function newUrl(): Promise<string> {
  const [anna] = await users(site, 'anna')
  const [image] = (await postsImages(anna)).images
  return image?.url ?? ''
}

const seconds = (header: string | null) => Number(/max-age=(\d+)/.exec(header ?? '')?.[1])

describe('happy', () => {
  test('whoever has the address gets the image, without a query, for a minute in their cache', async () => {
    const url = await newUrl()
    const trips = site.database.count()
    const answer = await fetch(new URL(url, site.origin))
    expect(answer.status).toBe(200)
    expect(site.database.count()).toBe(trips)
    expect(answer.headers.get('content-type')).toBe('image/webp')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('cache-control')).toBe('private, max-age=60')
    expect(answer.headers.get('set-cookie')).toBeNull()
    const etag = answer.headers.get('etag') ?? ''
    expect((await actors.visitor().get(url, { 'if-none-match': etag })).status).toBe(304)
  })

  test('the cache lifetime is at most what is left', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid } = await uploads(anna)
    const url = await imageUrl(env, uuid, Date.now() + 30_000)
    const answer = expectStatus(await actors.visitor().get(url), 200)
    expect(seconds(answer.headers.get('cache-control'))).toBeLessThanOrEqual(30)
  })

  test('a range, a suffix and HEAD answer what they ask for', async () => {
    const url = new URL(await newUrl(), site.origin)
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer())
    const size = whole.length
    const ranges: [string, Buffer, string][] = [
      ['bytes=0-3', whole.subarray(0, 4), `bytes 0-3/${size}`],
      ['bytes=4-', whole.subarray(4), `bytes 4-${size - 1}/${size}`],
      ['bytes=-5', whole.subarray(-5), `bytes ${size - 5}-${size - 1}/${size}`],
      [`bytes=2-${size + 99}`, whole.subarray(2), `bytes 2-${size - 1}/${size}`],
    ]
    for (const [range, bytes, contentRange] of ranges) {
      const answer = await fetch(url, { headers: { range } })
      expect(answer.status, range).toBe(206)
      expect(answer.headers.get('content-range')).toBe(contentRange)
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    }
    const beyond = await fetch(url, { headers: { range: `bytes=${size}-` } })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${size}`)
    const stale = await fetch(url, { headers: { range: 'bytes=0-3', 'if-range': '"old"' } })
    expect(stale.status).toBe(200)
    const head = await fetch(url, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(head.headers.get('content-length')).toBe(String(size))
    expect(await head.text()).toBe('')
  })

  test('of an activity for few, an address works for whoever has it, and a blocked reader gets no new one', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await postsImages(anna)
    await blocks(anna, ben)
    expectStatus(await ben.get(`/api/activities/${activity.uuid}`), 410)
    expectStatus(await ben.get(activity.images[0]?.url ?? ''), 200)
  })
})

describe('error', () => {
  test('past the deadline the address answers 410, while the object is still stored', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid } = await uploads(anna)
    const answer = expectStatus(await actors.visitor().get(await imageUrl(env, uuid, Date.now() - 1)), 410)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await imageKeys(site)).toContain(`images/${uuid}`)
  })

  test('at the expiry of the activity the address of its image ends too, without the sweep', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid } = await postsImages(anna)
    await db.sql("update activities set expires_at = now() + interval '3 seconds' where uuid = $1", [uuid])
    const { images } = expectStatus(await anna.get(`/api/activities/${uuid}`), 200).body
    expectStatus(await anna.get(images[0].url), 200)
    await expect.poll(async () => (await anna.get(`/api/activities/${uuid}`)).status).toBe(410)
    expectStatus(await anna.get(images[0].url), 410)
  })

  test('an address with another image, deadline, HMAC or method answers 404', async () => {
    const url = await newUrl()
    const [, , , uuid = '', deadline = '', mac = ''] = url.split('/')
    const later = String(Number(deadline) + 1)
    const forged = [
      `/media/images/${crypto.randomUUID()}/${deadline}/${mac}`,
      `/media/images/${uuid}/${later}/${mac}`,
      `/media/images/${uuid}/${deadline}/${mac.slice(1)}${mac[0] === 'A' ? 'B' : 'A'}`,
      `/media/images/${uuid}/${deadline}/${mac}x`,
      `/media/images/${uuid}/${deadline}`,
      `/media/images/${uuid}/1000000000000/${mac}`,
      '/media/images/',
      `/media/images/..%2f${uuid}/${deadline}/${mac}`,
    ]
    for (const path of forged) {
      const answer = await actors.visitor().get(path)
      expect(answer.status, path).toBe(404)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    for (const method of ['POST', 'PUT', 'DELETE']) expectStatus(await actors.visitor().send(method, url), 404)
  })

  test('while the bucket fails, it answers an uncached 503, and no log has the address', async () => {
    const url = await newUrl()
    const answer = expectStatus(await actors.visitor().get(url, { [BUCKET_FAULT_HEADER]: 'get' }), 503)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('retry-after')).toBe('5')
    expectStatus(await actors.visitor().get(url), 200)
    const lines = site.log.join('\n')
    expect(lines).toContain('/media/images/:uuid/:deadline/:hmac')
    expect(lines).not.toContain(url.split('/').at(-1))
  })
})
