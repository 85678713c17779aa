import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import { follows, likes, lists, posts, reads, replies, reposts } from '../../support/actors/actions.ts'
import { fetchImage } from '../../support/actors/avatars.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
import { IMAGES, imageKeyOf, imageKeys, postImages, postsImages, uploads } from '../../support/actors/images.ts'
import { users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite({ liftLimits: true })
const { actors, db } = site

const attached = { code: 'image_attached', field: 'images' } as const

/** What a card says of its images, without their addresses. */
const shownIn = ({ images }: Activity) => images.map(({ url: _, ...shown }) => shown)

describe('happy', () => {
  test('four images are attached in order, with their alt texts', async () => {
    const [anna] = await users(site, 'anna')
    const uploaded = [await uploads(anna), await uploads(anna), await uploads(anna), await uploads(anna)]
    const images = uploaded.map(({ uuid }, index) => ({ uuid, alt: ` alt ${index} ` })).reverse()
    const answer = await anna.post('/api/activities', { message: 'look', ttl: '1-hour', images })
    const activity: Activity = expectStatus(answer, 201).body
    expect(activity.images.map(({ alt }) => alt)).toEqual(['alt 3', 'alt 2', 'alt 1', 'alt 0'])
    expect(shownIn(activity)[0]).toEqual({
      width: 8,
      height: 8,
      alt: 'alt 3',
      placeholder: uploaded[3]?.placeholder,
    })
    for (const { url } of activity.images) await fetchImage(site.origin, url)
    expect(activity.images.map(({ url }) => imageKeyOf(url))).toEqual(images.map(({ uuid }) => `images/${uuid}`))
  })

  test('every read of the activity has them, and addresses stay the same within the hour', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    await follows(ben, anna)
    const root = await posts(ben, 'root about #harbours')
    const reply = await postsImages(anna, 1, `/api/activities/${root.uuid}/replies`)
    const activity = await postsImages(anna)
    await likes(ben, activity)
    await reposts(ben, activity)
    const paths = [
      '/api/activities/home',
      '/api/activities/everyone',
      '/api/activities/last-light',
      '/api/activities/search?term=harbour',
      `/api/users/@${anna.handle}/activities`,
      `/api/users/@${ben.handle}/activities?tab=likes`,
      `/api/users/@${ben.handle}/activities`,
    ]
    for (const path of paths) {
      const found = (await lists(ben, path)).find(({ uuid }) => uuid === activity.uuid)
      expect(found?.images, path).toEqual(activity.images)
    }
    const inReplies = await lists(actors.visitor(), `/api/activities/${root.uuid}/replies`)
    expect(inReplies[0]?.images).toEqual(reply.images)
    const below = await replies(ben, reply, 'nice')
    const thread = await reads(ben, `/api/activities/${below.uuid}`)
    expect(thread.ancestors.map(({ images }: Activity) => images)).toEqual([[], reply.images])
    const [first] = (await reads(anna, '/api/notifications')).data
    expect(first.activity.images).toEqual([])
  })

  test('search finds the alt text, with and without accents', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid } = await uploads(anna)
    const activity = expectStatus(await postImages(anna, [uuid], 'a Zeppelin over a café'), 201).body
    for (const term of ['zeppelin', 'cafe', 'café', 'look zeppelin']) {
      const found = await lists(actors.visitor(), `/api/activities/search?term=${encodeURIComponent(term)}`)
      expect(
        found.map((one) => one.uuid),
        term,
      ).toContain(activity.uuid)
    }
  })

  test('delete and rewrite keeps the images', async () => {
    const [anna] = await users(site, 'anna')
    const old = await postsImages(anna, 2)
    const answer = await anna.post('/api/activities', { message: 'rewritten', replaces: old.uuid })
    const rewritten: Activity = expectStatus(answer, 201).body
    expect(rewritten.images).toEqual(old.images)
    for (const { url } of rewritten.images) await fetchImage(site.origin, url)
    expectStatus(await anna.delete(`/api/activities/${rewritten.uuid}`), 204)
    await expect.poll(() => imageKeys(site)).not.toContain(imageKeyOf(old.images[0]?.url ?? ''))
  })

  test('the export has addresses and alt texts', async () => {
    const [anna] = await users(site, 'anna')
    const { images } = await postsImages(anna)
    const { cruds } = await reads(anna, '/api/profile/export')
    expect(cruds).toMatchObject([{ images: images.map(({ url, alt }) => ({ url, alt })) }])
  })

  test('a request that is sent again with its idempotency key answers the same activity', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid } = await uploads(anna)
    const body = JSON.stringify({ message: 'once', ttl: '1-hour', images: [{ uuid, alt: 'once' }] })
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const [first, second] = [
      expectStatus(await anna.send('POST', '/api/activities', headers, body), 201).body,
      expectStatus(await anna.send('POST', '/api/activities', headers, body), 201).body,
    ]
    expect(second).toEqual(first)
  })
})

describe('error', () => {
  test('of two posts with the same upload one succeeds, and the other says why', async () => {
    const [anna] = await users(site, 'anna')
    const { uuid } = await uploads(anna)
    const answers = await Promise.all([postImages(anna, [uuid]), postImages(anna, [uuid])])
    const [won, lost] = answers.sort((a, b) => a.status - b.status)
    expectStatus(won ?? answers[0], 201)
    expectErrors(lost ?? answers[1], 409, [attached])
    expect(await lists(anna, `/api/users/@${anna.handle}/activities`)).toHaveLength(1)
    expectErrors(await anna.delete(`${IMAGES}/${uuid}`), 409, [attached])
  })

  test('nothing is posted with an image that is unknown, of somebody else, or named twice', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [own, other] = [await uploads(anna), await uploads(ben)]
    const unknown = [{ code: 'image_unknown', field: 'images' } as const]
    expectErrors(await postImages(anna, [own.uuid, other.uuid]), 422, unknown)
    expectErrors(await postImages(anna, [own.uuid, crypto.randomUUID()]), 422, unknown)
    expectErrors(await postImages(anna, ['x']), 422, [{ code: 'image_unknown', field: 'images.0.uuid' }])
    expectErrors(await postImages(anna, [own.uuid, own.uuid]), 409, [attached])
    expect(await lists(anna, `/api/users/@${anna.handle}/activities`)).toEqual([])
    expectStatus(await postImages(anna, [own.uuid]), 201)
  })

  test('five images are too many', async () => {
    const [anna] = await users(site, 'anna')
    const uuids = Array.from({ length: 5 }, () => crypto.randomUUID())
    expectErrors(await postImages(anna, uuids), 422, [{ code: 'images_too_many', field: 'images' }])
  })

  test('an alt text is required unless the preference is off, and has a limit', async () => {
    const [anna] = await users(site, 'anna')
    const [first, second] = [await uploads(anna), await uploads(anna)]
    const long = [{ code: 'alt_exceed_max_chars', field: 'images.0.alt' } as const]
    expectErrors(await postImages(anna, [first.uuid], 'é'.repeat(1_001)), 422, long)
    const control = [{ code: 'alt_invalid', field: 'images.0.alt' } as const]
    expectErrors(await postImages(anna, [first.uuid], 'a\u0007'), 422, control)
    expectErrors(await postImages(anna, [first.uuid], ' \u200b'), 422, [{ code: 'alt_blank', field: 'images' }])
    const json = { message: 'look', ttl: '1-hour', images: [{ uuid: first.uuid }] }
    expectErrors(await anna.post('/api/activities', json), 422, [{ code: 'alt_blank', field: 'images' }])
    expectStatus(await postImages(anna, [first.uuid], 'é'.repeat(1_000)), 201)
    await changesProfile(anna, { alt_required: false })
    const { images } = expectStatus(await postImages(anna, [second.uuid], ''), 201).body
    expect(images).toMatchObject([{ alt: '' }])
  })

  test('a refused reply leaves the image unattached', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const closed = expectStatus(
      await ben.post('/api/activities', { message: 'no replies', ttl: '1-hour', who_can_reply: 'nobody' }),
      201,
    ).body
    const { uuid } = await uploads(anna)
    const path = `/api/activities/${closed.uuid}/replies`
    expectErrors(await postImages(anna, [uuid], 'alt', path), 403, ['reply_not_allowed'])
    expectStatus(await postImages(anna, [uuid]), 201)
  })
})

test('a shared link shows no image to a preview', async () => {
  const [anna] = await users(site, 'anna')
  const activity = await postsImages(anna)
  const page = expectStatus(await actors.visitor().visits(`/@${anna.handle}/status/${activity.uuid}`), 200)
  const tags = page.text.match(/<meta[^>]*>/g)?.join('\n') ?? ''
  expect(tags).toContain('og:image')
  expect(tags).not.toContain('/media/images/')
  expect(page.text).toContain('/media/images/')
  expect(await db.sql('select uuid from activity_images where activity_uuid = $1', [activity.uuid])).toHaveLength(1)
})
