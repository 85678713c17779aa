import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import { blocks, posts } from '../../support/actors/actions.ts'
import { postImages, postsWithImages, uploads } from '../../support/actors/images.ts'
import { expireActivities, users } from '../../support/actors/many-users.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

// The page of one image of an activity, without script.

const site = await openSite({ liftLimits: true })
const { actors, db } = site

const imagePath = ({ uuid, user }: Activity, n: number | string = 1) => `/@${user.handle}/status/${uuid}/photo/${n}`
const activityPath = ({ uuid, user }: Activity) => `/@${user.handle}/status/${uuid}`
const imagesIn = (html: string) => [...html.matchAll(/<img [^>]*src="(\/media\/images\/[^"]+)"[^>]*>/g)]

describe('shows', () => {
  test('one image with its alt text, fuse, and links to the others and back', async () => {
    const [anna] = await users(site, 'anna')
    const uuids = [await uploads(anna), await uploads(anna), await uploads(anna)].map(({ uuid }) => uuid)
    const json = { message: 'look', ttl: '1-hour', images: uuids.map((uuid, i) => ({ uuid, alt: `harbour ${i}` })) }
    const activity: Activity = expectStatus(await anna.post('/api/activities', json), 201).body
    for (const who of [actors.visitor(), anna]) {
      const { text, headers } = expectStatus(await who.visits(imagePath(activity, 2)), 200)
      expect(imagesIn(text).map(([, url]) => url)).toEqual([activity.images[1]?.url])
      expect(text).toContain('<figcaption dir="auto">harbour 1</figcaption>')
      expect(text).toContain('<h1>Picture 2 of 3</h1>')
      expect(text).toContain(`href="${imagePath(activity, 1)}" rel="prev"`)
      expect(text).toContain(`href="${imagePath(activity, 3)}" rel="next"`)
      expect(text).toContain(`<a href="${activityPath(activity)}">Close</a>`)
      expect(text).toMatch(/<article class="activity focal" id="[^"]+" style="--ttl:3600;--elapsed:/)
      expect(headers.get('sunset')).toBe(new Date(activity.expires_at).toUTCString())
    }
    const last = await actors.visitor().visits(imagePath(activity, 3))
    expect(last.text).not.toContain('rel="next"')
    const [first] = imagesIn((await actors.visitor().visits(imagePath(activity, 1))).text)
    expect(first?.[0]).toMatch(/width="8" height="8"/)
  })

  test('no image to link previews and search engines', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await postsWithImages(anna, 1, { message: 'look' })
    const { text } = expectStatus(await actors.visitor().visits(imagePath(activity)), 200)
    const [head = '', body = ''] = text.split('</head>')
    expect(imagesIn(body)).toHaveLength(1)
    expect(head).not.toContain('og:image')
    expect(head).not.toMatch(/<meta [^>]*\/media\/images\//)
    expect(head).toContain('<meta name="robots" content="noindex"/>')
  })

  test('an image behind a warning folded, and loads it when it is opened', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await postsWithImages(anna, 1, { message: 'look', warning: 'spiders' })
    const { text } = await actors.visitor().visits(imagePath(activity))
    const [, folded = ''] = /<details class="warned">(.*?)<\/details>/s.exec(text) ?? []
    expect(folded).toMatch(/<summary>.*spiders.*<\/summary>/)
    expect(imagesIn(folded)).toHaveLength(1)
    expect(imagesIn(text)).toHaveLength(1)
    expect(folded).toContain('loading="lazy"')
    const thread = async ({ uuid, user }: Activity) =>
      imagesIn((await actors.visitor().visits(activityPath({ uuid, user } as Activity))).text).map(([tag]) => tag)
    expect(await thread(activity)).toEqual([expect.stringContaining('loading="lazy"')])
    const open = await postsWithImages(anna, 1, { message: 'look' })
    expect(await thread(open)).toEqual([expect.stringContaining('loading="eager"')])
  })

  test('an image without alt text with a name for its link, and says so', async () => {
    const anna = await actors.join()
    expectStatus(await anna.submits('/settings', { intent: 'alt-text' }), 303)
    const { uuid } = await uploads(anna)
    const activity: Activity = expectStatus(await postImages(anna, [uuid], ''), 201).body
    const thread = await actors.visitor().visits(activityPath(activity))
    expect(thread.text).toContain('aria-label="Picture without a description"')
    expect(thread.text).not.toContain('class="alt"')
    expect((await actors.visitor().visits(imagePath(activity))).text).toContain('No description')
    expectStatus(await anna.submits('/settings', { intent: 'alt-text', alt_required: 'on' }), 303)
    expectStatus(await postImages(anna, [(await uploads(anna)).uuid], ''), 422)
  })
})

describe('answers like the activity', () => {
  test('404 for a number without an image', async () => {
    const [anna] = await users(site, 'anna')
    const activity = await postsWithImages(anna, 2, { message: 'look' })
    const textOnly = await posts(anna, 'text only')
    for (const n of [0, 3, 5, '01', '1.0', 'x', '-1', '1e0'])
      expectStatus(await actors.visitor().visits(imagePath(activity, n)), 404)
    expectStatus(await actors.visitor().visits(imagePath(textOnly)), 404)
    expectStatus(await actors.visitor().visits(`${activityPath(activity)}/photo`), 404)
    expectStatus(await actors.visitor().visits(imagePath({ ...activity, uuid: crypto.randomUUID() })), 404)
  })

  test('301 to the author’s handle, 410 once it has expired or was deleted', async () => {
    const [anna] = await users(site, 'anna')
    const [expired, deleted] = [
      await postsWithImages(anna, 1, { message: 'expires' }),
      await postsWithImages(anna, 1, { message: 'deleted' }),
    ]
    const elsewhere = await actors.visitor().visits(`/@somebody/status/${expired.uuid}/photo/1`)
    expect(expectStatus(elsewhere, 301).headers.get('location')).toBe(imagePath(expired))
    await expireActivities(db, expired.uuid)
    expectStatus(await anna.delete(`/api/activities/${deleted.uuid}`), 204)
    for (const activity of [expired, deleted]) {
      const { text } = expectStatus(await actors.visitor().visits(imagePath(activity)), 410)
      expect(text).not.toContain('/media/images/')
      expect(text).not.toContain('a harbour at dusk')
    }
  })

  test('410 to whoever may not see it', async () => {
    const [anna, ben, cleo] = await users(site, 'anna', 'ben', 'cleo')
    await blocks(anna, ben)
    const activity = await postsWithImages(anna, 1, { message: 'look' })
    expectStatus(await ben.visits(imagePath(activity)), 410)
    expectStatus(await cleo.visits(imagePath(activity)), 200)
    const limited = await postsWithImages(anna, 1, { message: 'look', audience: 'followers' })
    for (const who of [ben, cleo, actors.visitor()]) expectStatus(await who.visits(imagePath(limited)), 410)
    expectStatus(await anna.visits(imagePath(limited)), 200)
  })
})
