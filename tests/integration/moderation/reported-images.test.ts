import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { deletes, posts, reads } from '../../support/actors/actions.ts'
import { imageKeyOf, postsImages } from '../../support/actors/images.ts'
import { expireActivities, moderators, runCron, users } from '../../support/actors/many-users.ts'
import { decides, reportOf, reports, statementOf } from '../../support/actors/reports.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../../support/faults/faulty-bucket.ts'

const site = await openSite({ faultyBucket: true, liftLimits: true })
const { db, actors, workerd } = site
const [judge, second] = await moderators(site, 'judge', 'second')

type Uuid = { uuid: string }
const reportPath = ({ uuid }: Uuid) => `/api/moderation/reports/${uuid}`
const imagePath = (report: Uuid, position = 1) => `${reportPath(report)}/images/${position}`
const opens = (report: Uuid, who: Client = judge) => reads(who, reportPath(report))

/** The objects of a report's copies that are in the bucket. */
async function copiesOf({ uuid }: Uuid): Promise<string[]> {
  const [row] = await db.sql<{ sealed_images: string[] | null }>('select sealed_images from reports where uuid = $1', [
    uuid,
  ])
  const keys = await workerd.listKeys('AVATARS')
  return (row?.sealed_images ?? []).map((image) => `images/${image}`).filter((key) => keys.includes(key))
}

/** An activity of anna's with images that ben has reported. */
async function reportedImages(count = 1) {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const activity = await postsImages(anna, count)
  return { anna, ben, activity, report: await reports(ben, activity) }
}

/** Sends a report while the bucket fails. */
const reportsDuring = async (who: Client, fault: string, activity: Activity) => {
  const headers = { 'content-type': 'application/json', [BUCKET_FAULT_HEADER]: fault }
  return expectStatus(await who.send('POST', '/api/reports', headers, JSON.stringify(reportOf(activity))), 201).body
}

describe('happy', () => {
  test('a moderator sees the images of a report after their activity has ended', async () => {
    const { anna, activity, report } = await reportedImages(2)
    expect(report.has_images).toBe(true)
    const originals = await Promise.all(
      activity.images.map(({ url }) => workerd.readObject('AVATARS', imageKeyOf(url))),
    )
    await deletes(anna, activity)
    const { copy } = await opens(report)
    expect(copy.images).toEqual(
      [1, 2].map((n) => ({
        url: imagePath(report, n),
        alt: 'a harbour at dusk',
        is_kept: true,
      })),
    )
    for (const [index, { url }] of copy.images.entries()) {
      const answer = expectStatus(await judge.get(url), 200)
      expect(answer.headers.get('content-type')).toBe('image/webp')
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      expect(answer.text).toBe(originals[index]?.toString())
    }
  })

  test('the copies in the bucket are encrypted, each in its own way', async () => {
    const { activity, report } = await reportedImages(2)
    const [first = '', other = ''] = await copiesOf(report)
    const original = await workerd.readObject('AVATARS', imageKeyOf(activity.images[0]?.url ?? ''))
    const sealed = await workerd.readObject('AVATARS', first)
    expect(original.subarray(8, 12).toString()).toBe('WEBP')
    expect(sealed.length).toBeGreaterThan(original.length)
    expect(sealed.includes(original.subarray(8, 24))).toBe(false)
    expect(sealed.subarray(0, 8)).toEqual((await workerd.readObject('AVATARS', other)).subarray(0, 8))
    expect(sealed.subarray(8, 20)).not.toEqual((await workerd.readObject('AVATARS', other)).subarray(8, 20))
  })

  test('the same report again copies what could not be copied', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await postsImages(anna)
    const report = await reportsDuring(ben, 'put', activity)
    expect(report.has_images).toBe(false)
    expect((await opens(report)).copy.images).toMatchObject([{ is_kept: false, alt: 'a harbour at dusk' }])
    expectStatus(await judge.get(imagePath(report)), 404)
    expect(await reports(ben, activity)).toEqual({ ...report, has_images: true })
    expect((await opens(report)).copy.images).toMatchObject([{ is_kept: true }])
    expectStatus(await judge.get(imagePath(report)), 200)
  })
})

describe('removal', () => {
  const ages = ({ uuid }: Uuid, days: number) =>
    db.sql(
      `update reports set created_at = now() - make_interval(days => $2), decided_at = decided_at - make_interval(days => $2)
       where uuid = $1`,
      [uuid, days],
    )

  test.each([
    ['with a dismissal', (report: Uuid) => decides(judge, report, { action: 'dismiss' })],
    [
      '14 days after a decision',
      (report: Uuid) => decides(judge, report, { action: 'delete' }).then(() => ages(report, 14)),
    ],
    ['16 days after the report', (report: Uuid) => ages(report, 16)],
    ['with the report', ({ uuid }: Uuid) => db.sql('delete from reports where uuid = $1', [uuid])],
  ])('the copies go %s', async (_, end) => {
    const { report } = await reportedImages(2)
    const copies = await copiesOf(report)
    expect(copies).toHaveLength(2)
    await runCron(site)
    expect(await workerd.listKeys('AVATARS')).toEqual(expect.arrayContaining(copies))
    await end(report)
    await runCron(site)
    const keys = await workerd.listKeys('AVATARS')
    for (const key of copies) expect(keys).not.toContain(key)
  })

  test('the copies stay until an appeal is answered, and go with the answer', async () => {
    const { anna, report } = await reportedImages()
    await decides(judge, report, { action: 'delete' })
    expectStatus(await anna.post(`/api/statements/${await statementOf(anna)}/appeal`, { text: 'why' }), 201)
    await ages(report, 15)
    await runCron(site)
    expect(await copiesOf(report)).toHaveLength(1)
    await opens(report, second)
    expectStatus(await second.post(`${reportPath(report)}/appeal`, { decision: 'upheld', answer: 'no' }), 204)
    await runCron(site)
    expect(await copiesOf(report)).toEqual([])
  })

  test('a copy that is stored after its removal is removed again', async () => {
    const { report } = await reportedImages()
    const [key = ''] = await copiesOf(report)
    const rows = () => db.sql('select from activity_image_removals where image_uuid = $1', [key.slice(7)])
    const bytes = await workerd.readObject('AVATARS', key)
    await decides(judge, report, { action: 'dismiss' })
    await runCron(site)
    expect(await rows()).toHaveLength(1)
    expect(await workerd.listKeys('AVATARS')).not.toContain(key)
    await workerd.writeObject('AVATARS', key, bytes)
    await db.sql("update activity_image_removals set settles_at = now() - interval '1 second'")
    await runCron(site)
    expect(await workerd.listKeys('AVATARS')).not.toContain(key)
    expect(await rows()).toEqual([])
  })

  test('with the sweep off, no copy is shown once its time is over', async () => {
    const { report } = await reportedImages()
    await opens(report)
    expectStatus(await judge.get(imagePath(report)), 200)
    await ages(report, 16)
    expect((await opens(report)).copy).toBeNull()
    expectErrors(await judge.get(imagePath(report)), 404, ['not_found'])
  })
})

describe('error', () => {
  test.each(['get', 'head', 'put', 'body'])(
    'if the bucket fails (%s), the report is received without images, and says so',
    async (fault) => {
      const [anna, ben] = await users(site, 'anna', 'ben')
      const report = await reportsDuring(ben, fault, await postsImages(anna))
      expect(report.has_images).toBe(false)
      const { copy } = await opens(report)
      expect(copy).toMatchObject({ message: 'look', images: [{ is_kept: false, alt: 'a harbour at dusk' }] })
    },
  )

  test('what has ended is reported without its images', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const activity = await postsImages(anna)
    await expireActivities(db, activity.uuid)
    await runCron(site)
    const report = await reports(ben, activity)
    expect(report.has_images).toBe(false)
    expect((await opens(report)).copy.images).toMatchObject([{ is_kept: false, alt: 'a harbour at dusk' }])
  })

  test('the form says so on the page with the reference', async () => {
    const [anna, ben] = [await actors.join('anna'), await actors.join('ben')]
    const activity = await postsImages(anna)
    const { images, ...rest } = reportOf(activity)
    const fields = { ...rest, images: JSON.stringify(images), report_token: activity.report_token ?? '' }
    ben.headers = { [BUCKET_FAULT_HEADER]: 'get' }
    const sent = expectStatus(await ben.submits('/report', fields), 303)
    const page = expectStatus(await ben.visits(sent.headers.get('location') ?? ''), 200)
    expect(page.text).toContain('could not be kept')
  })
})

describe('security', () => {
  test('an image opens for a moderator who has opened the report within ten minutes, and for nobody else', async () => {
    const { anna, ben, report } = await reportedImages()
    expectErrors(await judge.get(imagePath(report)), 404, ['not_found'])
    await opens(report)
    expectStatus(await judge.get(imagePath(report)), 200)
    for (const who of [second, anna, ben, actors.visitor()]) {
      expectErrors(await who.get(imagePath(report)), 404, ['not_found'])
    }
    for (const position of [0, 2, 10]) expectErrors(await judge.get(imagePath(report, position)), 404, ['not_found'])
    expectErrors(await judge.get(`${reportPath({ uuid: 'x' })}/images/1`), 404, ['not_found'])
    await db.sql('alter table moderation_log disable trigger moderation_log__append_only')
    await db.sql(`update moderation_log set at = now() - interval '11 minutes'`)
    await db.sql('alter table moderation_log enable trigger moderation_log__append_only')
    expectErrors(await judge.get(imagePath(report)), 404, ['not_found'])
  })

  test('a copy has no address of its own', async () => {
    const { activity, report } = await reportedImages()
    const [key = ''] = await copiesOf(report)
    const [, , , uuid = ''] = activity.images[0]?.url.split('/') ?? []
    expectStatus(await judge.get(activity.images[0]?.url.replace(uuid, key.slice(7)) ?? ''), 404)
  })

  test('other images and other descriptions than those shown are refused', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const [activity, other] = [await postsImages(anna), await postsImages(anna)]
    const [image] = activity.images
    for (const images of [
      [],
      [{ url: other.images[0]?.url, alt: image?.alt }],
      [{ url: image?.url, alt: 'a rude gesture' }],
      [{ url: '/media/images/x', alt: image?.alt }],
      [image, image].map((one) => ({ url: one?.url, alt: one?.alt })),
      'none',
      [{ url: 7, alt: image?.alt }],
    ]) {
      expectErrors(await ben.post('/api/reports', { ...reportOf(activity), images }), 422, [
        expect.objectContaining({ code: 'report_token_invalid' }),
      ])
    }
    const plain = await posts(anna, 'no image')
    const added = { ...reportOf(plain), images: [{ url: image?.url, alt: image?.alt }] }
    expectErrors(await ben.post('/api/reports', added), 422, [{ code: 'report_token_invalid', field: 'report_token' }])
  })
})
