import { expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { posts, replies } from '../../support/actors/actions.ts'
import { imageKeyOf, imageKeys, postImages, postsImages, uploadImage, uploads } from '../../support/actors/images.ts'
import { expireActivities, runCron, users } from '../../support/actors/many-users.ts'
import { expectErrors, expectStatus } from '../../support/assertions/expect-answer.ts'
import { BUCKET_FAULT_HEADER } from '../../support/faults/faulty-bucket.ts'
import { uniqueImage } from '../../support/fixtures/images.ts'

const site = await openSite({ faultyBucket: true, liftLimits: true })
const { actors, db } = site

const keysOf = ({ images }: { images: { url: string }[] }) => images.map(({ url }) => imageKeyOf(url))
/** Moves the upload of all images so far into the past. */
const ageUploads = (interval: string) =>
  db.sql('update activity_images set created_at = created_at - $1::interval', [interval])

test('a deletion removes the objects of the whole thread at once', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const root = await postsImages(anna, 2)
  const reply = await postsImages(ben, 1, `/api/activities/${root.uuid}/replies`)
  expectStatus(await anna.delete(`/api/activities/${root.uuid}`), 204)
  const keys = [...keysOf(root), ...keysOf(reply)]
  await expect.poll(async () => (await imageKeys(site)).filter((key) => keys.includes(key))).toEqual([])
  for (const { url } of [...root.images, ...reply.images]) expectStatus(await ben.get(url), 410)
})

test('if the object cannot be removed at once, the cron removes it', async () => {
  const [anna] = await users(site, 'anna')
  const activity = await postsImages(anna)
  const [key = ''] = keysOf(activity)
  const fault = { [BUCKET_FAULT_HEADER]: 'delete' }
  expectStatus(await anna.send('DELETE', `/api/activities/${activity.uuid}`, fault), 204)
  expect(await imageKeys(site)).toContain(key)
  await runCron(site)
  expect(await imageKeys(site)).not.toContain(key)
})

test('an object that is written after its removal is removed again, until its upload has surely ended', async () => {
  const [anna] = await users(site, 'anna')
  const { uuid } = await uploads(anna)
  const key = `images/${uuid}`
  const bytes = await site.workerd.readObject('AVATARS', key)
  expectStatus(await anna.delete(`/api/images/${uuid}`), 204)
  await runCron(site)
  expect(await imageKeys(site)).not.toContain(key)
  await site.workerd.writeObject('AVATARS', key, bytes)
  const rowsOf = () => db.sql('select removed_at from activity_image_removals where image_uuid = $1', [uuid])
  expect(await rowsOf()).toMatchObject([{ removed_at: expect.anything() }])
  await db.sql("update activity_image_removals set settles_at = now() - interval '1 second'")
  await runCron(site)
  expect(await imageKeys(site)).not.toContain(key)
  expect(await rowsOf()).toEqual([])
})

test('the cron removes the objects of expired activities and of replies to them', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const root = await posts(anna, 'root')
  const reply = await postsImages(ben, 4, `/api/activities/${root.uuid}/replies`)
  const kept = await postsImages(anna)
  await expireActivities(db, root.uuid)
  await runCron(site)
  const stored = await imageKeys(site)
  for (const key of keysOf(reply)) expect(stored).not.toContain(key)
  expect(stored).toEqual(expect.arrayContaining(keysOf(kept)))
})

test('an upload that is not attached within an hour ends', async () => {
  const [anna] = await users(site, 'anna')
  const [old, attached] = [await uploads(anna), await postsImages(anna)]
  await ageUploads('59 minutes')
  const young = await uploads(anna)
  await runCron(site)
  expect(await imageKeys(site)).toContain(`images/${old.uuid}`)
  await ageUploads('1 minute')
  await runCron(site)
  const stored = await imageKeys(site)
  expect(stored).not.toContain(`images/${old.uuid}`)
  expect(stored).toContain(`images/${young.uuid}`)
  expect(stored).toEqual(expect.arrayContaining(keysOf(attached)))
  expectErrors(await postImages(anna, [old.uuid]), 422, [{ code: 'image_unknown', field: 'images' }])
})

test('the deletion of an account removes its images, attached or not', async () => {
  const anna = await actors.join()
  const [attached, unattached] = [await postsImages(anna), await uploads(anna)]
  const json = { password: anna.details.password }
  const answer = await anna.send('DELETE', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify(json))
  expectStatus(answer, 204)
  await runCron(site)
  await runCron(site)
  const stored = await imageKeys(site)
  for (const key of [...keysOf(attached), `images/${unattached.uuid}`]) expect(stored).not.toContain(key)
})

test('whatever failed meanwhile, no object is left when all activities and uploads have ended', async () => {
  const [anna, ben] = await users(site, 'anna', 'ben')
  const root = await postsImages(anna, 2)
  const deleted = await postsImages(ben, 1, `/api/activities/${root.uuid}/replies`)
  await replies(ben, root, 'text only')
  const rewritten = await postsImages(ben)
  // The answer to each of these is lost or says that it failed.
  expectStatus(await uploadImage(anna, await uniqueImage(), 'put'), 503)
  site.database.injectFault('cut off', 1)
  expectStatus(await uploadImage(anna, await uniqueImage()), 503)
  site.database.injectFault('cut off')
  expectStatus(await anna.delete(`/api/activities/${deleted.uuid}`), 503)
  expectStatus(await ben.post('/api/activities', { message: 'again', replaces: rewritten.uuid }), 503)
  site.database.injectFault(null)
  await uploads(ben)
  const all = await db.sql<{ uuid: string }>('select uuid from activities')
  await expireActivities(db, ...all.map(({ uuid }) => uuid))
  await ageUploads('1 hour')
  await runCron(site)
  expect(await imageKeys(site)).toEqual([])
  expect(await db.sql('select from activity_images')).toEqual([])
})
