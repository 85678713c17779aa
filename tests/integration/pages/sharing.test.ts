import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { setsAvatar } from '../../support/actors/avatars.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { origin, actors } = site

/** Eleven code units, one grapheme. */
const FAMILY = '👨‍👩‍👧‍👦'
const TAG = `lamp${crypto.randomUUID().slice(0, 8)}`

let anna: Actor
let activity: Activity
let page: string
beforeAll(async () => {
  anna = await actors.join('anna')
  await anna.posts('Kettle’s on.', '7-days')
  activity = await anna.posts(`Rain stopped.\n\n"All at once" #${TAG}`, '7-days')
  page = `/@${anna.handle}/status/${activity.uuid}`
})

const ENTITIES: Record<string, string> = { quot: '"', amp: '&', '#x27': "'" }

/** The metadata of a page for robots and link previews, unescaped. */
function metadataOf(html: string): Record<string, string> {
  const unescaped = (text = '') => text.replace(/&(quot|amp|#x27);/g, (_, name) => ENTITIES[name] ?? '')
  const [head = ''] = html.split('</head>')
  const tags = [...head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"\/>/g)]
  const canonical = /<link rel="canonical" href="([^"]*)"\/>/.exec(head)?.[1]
  const title = /<title>([^<]*)<\/title>/.exec(head)?.[1]
  const metas = Object.fromEntries(tags.map(([, name = '', content]) => [name, unescaped(content)]))
  return { ...metas, ...(canonical && { canonical: unescaped(canonical) }), title: unescaped(title) }
}

async function readMetadata(
  path: string,
  who: Client = actors.visitor(),
  status = 200,
): Promise<Record<string, string>> {
  return metadataOf(expectStatus(await who.visits(path), status).text)
}

describe('the page of an activity', () => {
  test('has metadata of its text, URL and expiry', async () => {
    const answer = expectStatus(await actors.visitor().visits(page), 200)
    const description = `Rain stopped. "All at once" #${TAG}`
    expect(metadataOf(answer.text)).toMatchObject({
      title: `A crud by ${anna.details.display_name} · Cruddur`,
      robots: `noarchive, unavailable_after: ${activity.expires_at}`,
      description: description,
      canonical: origin + page,
      'og:site_name': 'Cruddur',
      'og:type': 'article',
      'og:url': origin + page,
      'og:title': `A crud by ${anna.details.display_name}`,
      'og:description': description,
      'og:image': `${origin}/share.png`,
      'twitter:card': 'summary_large_image',
      'article:expiration_time': activity.expires_at,
    })
    const second = Math.floor(Date.parse(activity.expires_at) / 1000) * 1000
    expect(Date.parse(answer.headers.get('sunset') ?? '')).toBe(second)
  })

  test('truncates a long reply between two graphemes', async () => {
    const reply = await anna.replies(activity, FAMILY.repeat(400), '1-hour')
    const path = `/@${anna.handle}/status/${reply.uuid}`
    const head = await readMetadata(path)
    expect(head['og:description']).toBe(`${FAMILY.repeat(199)}…`)
    expect(head).toMatchObject({
      title: `A reply by ${anna.details.display_name} · Cruddur`,
      canonical: origin + path,
      robots: `noarchive, unavailable_after: ${reply.expires_at}`,
    })
  })

  test('has Sunset when signed in, and of the metadata only the description of the site', async () => {
    const answer = expectStatus(await anna.visits(page), 200)
    expect(answer.headers.get('sunset')).toBe(new Date(activity.expires_at).toUTCString())
    const metadata = metadataOf(answer.text)
    expect(Object.keys(metadata).filter((name) => /og:|description|canonical|robots/.test(name))).toEqual([
      'description',
    ])
    expect(metadata.description).toMatch(/^The line above each crud/)
  })

  test('has none of it once expired or deleted', async () => {
    const [expired, deleted] = [await anna.posts(`ashes ${TAG}`), await anna.posts(`embers ${TAG}`)]
    await site.db.sql('update activities set expires_at = now() where uuid = $1', [expired.uuid])
    await anna.deletes(deleted)
    for (const { uuid } of [expired, deleted]) {
      const answer = expectStatus(await actors.visitor().visits(`/@${anna.handle}/status/${uuid}`), 410)
      expect(answer.text).not.toMatch(/ashes|embers|og:|canonical/)
      expect(answer.headers.get('sunset')).toBeNull()
      expect(metadataOf(answer.text).robots).toBe('noindex')
    }
  })
})

describe('a page with activities', () => {
  test('has metadata of itself, and keeps the activities out of search results', async () => {
    for (const path of ['/', `/@${anna.handle}`, `/tags/${TAG}`]) {
      const { text, headers } = expectStatus(await actors.visitor().visits(path), 200)
      expect(text).toContain('Rain stopped.')
      const head = metadataOf(text)
      expect(head, path).toMatchObject({ robots: 'noarchive', canonical: origin + path, 'og:url': origin + path })
      expect(JSON.stringify(head), path).not.toContain('Rain stopped.')
      expect(text, path).toMatch(/<div role="feed"[^>]* data-nosnippet=/)
      expect(headers.get('sunset'), path).toBeNull()
    }
  })

  test('has one canonical URL for all its queries', async () => {
    const { next_cursor } = (await actors.visitor().get('/api/activities/everyone?limit=1')).body
    const cursor = `cursor=${encodeURIComponent(next_cursor)}`
    expect((await readMetadata(`/?${cursor}`)).canonical).toBe(`${origin}/`)
    expect((await readMetadata('/?feed=everyone&ref=x')).canonical).toBe(`${origin}/`)
    expect((await readMetadata('/?feed=last-light')).canonical).toBe(`${origin}/?feed=last-light`)
    expect((await readMetadata(`/@${anna.handle}?tab=replies`)).canonical).toBe(`${origin}/@${anna.handle}?tab=replies`)
    expect((await readMetadata(`/tags/${TAG.toUpperCase()}`)).canonical).toBe(`${origin}/tags/${TAG}`)
  })

  test('that is a profile has the bio and avatar', async () => {
    const ben = await actors.join('ben')
    expect((await readMetadata(`/@${ben.handle}`))['og:image']).toBe(`${origin}/share.png`)
    const avatarUrl = await setsAvatar(ben)
    expectStatus(
      await ben.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"bio":"Tides, mud."}'),
      200,
    )
    expect(await readMetadata(`/@${ben.handle}`)).toMatchObject({
      title: `${ben.details.display_name} (@${ben.handle}) · Cruddur`,
      'og:description': 'Tides, mud.',
      'og:image': origin + avatarUrl,
      'twitter:card': 'summary',
    })
  })
})

test('URLs have the host of the request, whatever headers claim', async () => {
  const claims = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' }
  // Miniflare's entry would trust x-forwarded-proto without this header.
  const headers = { ...claims, 'mf-original-url': origin + page }
  const { text } = await actors.visitor().visits(page, headers)
  expect(metadataOf(text).canonical).toBe(origin + page)
  expect(text).not.toContain('evil.example')
})

test('account, search and private pages are noindex', async () => {
  const indexed = ['/about', '/terms-of-service', '/privacy-policy', '/signup']
  for (const path of indexed) expect((await readMetadata(path)).canonical, path).toBe(origin + path)
  const accountPages = ['/signin?next=%2F', '/confirm', '/forgot']
  for (const path of [
    ...accountPages,
    '/search',
    `/search?term=${TAG}`,
    `/@${anna.handle}/followers`,
    `${page}/likes`,
  ]) {
    expect(await readMetadata(path), path).toMatchObject({ robots: 'noindex' })
    expect((await readMetadata(path)).canonical, path).toBeUndefined()
  }
  for (const path of ['/settings', '/messages', '/notifications']) {
    expect((await readMetadata(path, anna)).robots, path).toBe('noindex')
  }
})

const readManifest = async () => JSON.parse(expectStatus(await actors.visitor().get('/site.webmanifest'), 200).text)

test('every screenshot of the manifest exists in its size, and together they are small', async () => {
  const { screenshots } = await readManifest()
  expect(screenshots.map(({ form_factor }: { form_factor: string }) => form_factor)).toEqual(['narrow', 'wide'])
  let total = 0
  for (const { src, sizes, type } of screenshots) {
    const bytes = Buffer.from(await (await fetch(new URL(src, origin))).arrayBuffer())
    total += bytes.length
    const { width, height, format } = await sharp(bytes).metadata()
    expect([`${width}x${height}`, `image/${format}`], src).toEqual([sizes, type])
  }
  expect(total).toBeLessThan(150_000)
})

test('every icon of the manifest exists in its size', async () => {
  const manifest = await readManifest()
  const sized: [string, string][] = manifest.icons.map((icon: { src: string; sizes: string }) => [icon.src, icon.sizes])
  for (const [path, size] of [
    ...sized,
    ['/share.png', '1200x630'],
    ['/apple-touch-icon.png', '180x180'],
    ['/badge.png', '96x96'],
  ]) {
    const response = await fetch(new URL(path ?? '', origin))
    expect(response.status, path).toBe(200)
    if (size === 'any') continue
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, path).toBe(size)
  }
})

test('robots.txt allows every page, since pages have robots metadata', async () => {
  const { text } = expectStatus(await actors.visitor().get('/robots.txt'), 200)
  const [everyone = ''] = text.split('\n\n')
  const disallowed = [...everyone.matchAll(/^Disallow: (.+)$/gm)].map(([, path = '']) => path)
  expect(disallowed).toContain('/api/')
  for (const path of ['/', page, `/@${anna.handle}`, `/tags/${TAG}`, '/search?term=x', '/signin', '/share.png']) {
    expect(
      disallowed.filter((prefix) => path.startsWith(prefix)),
      path,
    ).toEqual([])
  }
})
