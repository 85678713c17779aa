import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, likes, posts, reads, replies, reposts, sendsMessage } from '../../support/actors/actions.ts'
import { AVATAR, fetchImage, keyOfUrl, setsAvatar, storedKeys, uploadAvatar } from '../../support/actors/avatars.ts'
import { type ApiUser, acquaintances, users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import { animatedGif, testImages, uniqueImage } from '../../support/fixtures/images.ts'

const site = await openSite()

type UserCard = { handle: string; avatar_url: string | null }

describe('happy', () => {
  test.each(Object.entries(testImages))('%s is stored as WebP of 512 × 512 without metadata', async (_, makeBytes) => {
    const [anna] = await users(site, 'anna')
    const profile = expectStatus(await uploadAvatar(anna, await makeBytes(), 'application/octet-stream'), 200).body
    expect(profile.avatar_url).toMatch(new RegExp(`^/media/avatars/${anna.uuid}/[0-9a-f]{64}$`))
    const { headers, bytes } = await fetchImage(site.origin, profile.avatar_url)
    expect(headers.get('content-type')).toBe('image/webp')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('public, max-age=3600, immutable')
    const { format, width, height, exif, xmp, icc, pages } = await sharp(bytes).metadata()
    expect({ format, width, height, exif, xmp, icc }).toEqual({ format: 'webp', width: 512, height: 512 })
    expect(pages ?? 1).toBe(1)
    expect(bytes.includes('a secret place')).toBe(false)
  })

  test('an animation is stored as its first frame', async () => {
    const [anna] = await users(site, 'anna')
    const { avatar_url } = expectStatus(await uploadAvatar(anna, await animatedGif()), 200).body
    const { bytes } = await fetchImage(site.origin, avatar_url)
    expect((await sharp(bytes).metadata()).pages ?? 1).toBe(1)
    const { dominant } = await sharp(bytes).stats()
    expect(dominant.r).toBeGreaterThan(200)
    expect(dominant.b).toBeLessThan(50)
  })

  test('the avatar is in every answer that contains the user', async () => {
    const [anna, ben] = await acquaintances(site, 'anna', 'ben')
    const url = await setsAvatar(anna)
    const [activity, other] = [await posts(anna, `hi @${ben.handle}`), await posts(ben, 'ho')]
    await Promise.all([likes(anna, other), reposts(anna, other), follows(anna, ben), replies(anna, other, 'hey')])
    const { message_group_uuid: group } = await sendsMessage(anna, ben, 'psst')
    const answers: [string, (body: never) => string | null][] = [
      [`/api/activities/${activity.uuid}`, (body: { user: UserCard }) => body.user.avatar_url],
      [`/api/users/@${anna.handle}`, (body: UserCard) => body.avatar_url],
      ...(
        [
          ['/api/activities/everyone', ({ user }) => user],
          [`/api/users/@${anna.handle}/activities`, ({ reposted_by, user }) => reposted_by ?? user],
          [`/api/activities/${other.uuid}/likes`, (item) => item],
          [`/api/activities/${other.uuid}/reposts`, (item) => item],
          [`/api/activities/${other.uuid}/replies`, ({ user }) => user],
          [`/api/users/@${ben.handle}/followers`, (item) => item],
          [`/api/users/search?term=${anna.handle}`, (item) => item],
          [`/api/users?prefix=${anna.handle}`, (item) => item],
          ['/api/notifications', ({ actor }) => actor],
          ['/api/message_groups', ({ user }) => user],
          [`/api/message_groups/${group}/messages`, ({ user }) => user],
        ] satisfies [string, (item: Record<string, UserCard> & UserCard) => UserCard | undefined][]
      ).map(
        ([path, userOf]) =>
          [
            path,
            (body: { data: never[] }) => body.data.map(userOf).find((each) => each?.handle === anna.handle)?.avatar_url,
          ] as never,
      ),
    ]
    for (const [path, urlIn] of answers) expect(urlIn((await reads(ben, path)) as never), path).toBe(url)
    expect((await reads(anna, '/api/session')).viewer.avatar_url).toBe(url)
  })

  test('a new avatar has a new URL, and the old object is removed', async () => {
    const [anna] = await users(site, 'anna')
    const [first, second] = [await setsAvatar(anna), await setsAvatar(anna)]
    expect(second).not.toBe(first)
    await expect.poll(() => storedKeys(site)).not.toContain(keyOfUrl(first))
    expect(await storedKeys(site)).toContain(keyOfUrl(second))
    expect((await fetch(new URL(first, site.origin))).status).toBe(404)
  })

  test('uploading the same image again gives a new URL and removes the old object', async () => {
    const [anna] = await users(site, 'anna')
    const bytes = await uniqueImage()
    const first = expectStatus(await uploadAvatar(anna, bytes), 200).body.avatar_url
    const second = expectStatus(await uploadAvatar(anna, bytes), 200).body.avatar_url
    expect(second).not.toBe(first)
    await fetchImage(site.origin, second)
    await expect.poll(() => storedKeys(site)).not.toContain(keyOfUrl(first))
  })

  test('of two concurrent uploads the one that is set has its object', async () => {
    const [anna] = await users(site, 'anna')
    const images = await Promise.all([uniqueImage(), uniqueImage()])
    const first = await setsAvatar(anna)
    const answers = await Promise.all(images.map((bytes) => uploadAvatar(anna, bytes)))
    const urls = answers.map((answer) => expectStatus(answer, 200).body.avatar_url)
    const { avatar_url } = await reads(anna, '/api/profile')
    expect([...urls, first].indexOf(avatar_url)).toBeOneOf([0, 1])
    await fetchImage(site.origin, avatar_url)
  })

  test('deleting is idempotent and removes the object', async () => {
    const [anna] = await users(site, 'anna')
    const url = await setsAvatar(anna)
    for (const _ of [1, 2]) expect(expectStatus(await anna.delete(AVATAR), 200).body.avatar_url).toBeNull()
    await expect.poll(() => storedKeys(site)).not.toContain(keyOfUrl(url))
  })

  test('two users with the same image have separate objects', async () => {
    const [anna, ben] = await users(site, 'anna', 'ben')
    const bytes = await uniqueImage()
    const uploadFor = async (who: ApiUser) => expectStatus(await uploadAvatar(who, bytes), 200).body.avatar_url
    const [first, second] = [await uploadFor(anna), await uploadFor(ben)]
    expect(keyOfUrl(first)).not.toBe(keyOfUrl(second))
    expectStatus(await anna.delete(AVATAR), 200)
    await expect.poll(() => storedKeys(site)).not.toContain(keyOfUrl(first))
    await fetchImage(site.origin, second)
  })
})
