import { beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { setsAvatar } from '../../support/actors/avatars.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

const site = await openSite()
const { origin, actors } = site

/** Eleven code units, one character to a reader. */
const FAMILY = '👨‍👩‍👧‍👦'
const TAG = `lamp${crypto.randomUUID().slice(0, 8)}`

let anna: Actor
let crud: Activity
let page: string
beforeAll(async () => {
  anna = await actors.join('anna')
  await anna.posts('Kettle’s on.', '7-days')
  crud = await anna.posts(`Rain stopped.\n\n"All at once" #${TAG}`, '7-days')
  page = `/@${anna.handle}/status/${crud.uuid}`
})

const ENTITIES: Record<string, string> = { quot: '"', amp: '&', '#x27': "'" }

/** What a page tells robots and chats; an attribute is text, so what React has escaped is as it was. */
function headOf(html: string): Record<string, string> {
  const plain = (text = '') => text.replace(/&(quot|amp|#x27);/g, (_, name) => ENTITIES[name] ?? '')
  const [head = ''] = html.split('</head>')
  const tags = [...head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"\/>/g)]
  const canonical = /<link rel="canonical" href="([^"]*)"\/>/.exec(head)?.[1]
  const title = /<title>([^<]*)<\/title>/.exec(head)?.[1]
  const told = Object.fromEntries(tags.map(([, name = '', content]) => [name, plain(content)]))
  return { ...told, ...(canonical && { canonical: plain(canonical) }), title: plain(title) }
}

async function headAt(path: string, who: Client = actors.visitor(), status = 200): Promise<Record<string, string>> {
  return headOf(expectStatus(await who.visits(path), status).text)
}

describe('a crud’s page', () => {
  test('tells what the crud says, where it is, and when it ends', async () => {
    const answer = expectStatus(await actors.visitor().visits(page), 200)
    const words = `Rain stopped. "All at once" #${TAG}`
    expect(headOf(answer.text)).toMatchObject({
      title: `A crud by ${anna.details.display_name} · Cruddur`,
      robots: `noarchive, unavailable_after: ${crud.expires_at}`,
      description: words,
      canonical: origin + page,
      'og:site_name': 'Cruddur',
      'og:type': 'article',
      'og:url': origin + page,
      'og:title': `A crud by ${anna.details.display_name}`,
      'og:description': words,
      'og:image': `${origin}/share.png`,
      'twitter:card': 'summary_large_image',
      'article:expiration_time': crud.expires_at,
    })
    const second = Math.floor(Date.parse(crud.expires_at) / 1000) * 1000
    expect(Date.parse(answer.headers.get('sunset') ?? '')).toBe(second)
  })

  test('of a long reply cuts it between two characters', async () => {
    const reply = await anna.replies(crud, FAMILY.repeat(400), '1-hour')
    const path = `/@${anna.handle}/status/${reply.uuid}`
    const head = await headAt(path)
    expect(head['og:description']).toBe(`${FAMILY.repeat(199)}…`)
    expect(head).toMatchObject({
      title: `A reply by ${anna.details.display_name} · Cruddur`,
      canonical: origin + path,
      robots: `noarchive, unavailable_after: ${reply.expires_at}`,
    })
  })

  test('signed in says when it ends, and nothing to robots, who never are', async () => {
    const answer = expectStatus(await anna.visits(page), 200)
    expect(answer.headers.get('sunset')).not.toBeNull()
    expect(Object.keys(headOf(answer.text)).filter((name) => /og:|description|canonical|robots/.test(name))).toEqual([])
  })

  test('that has burnt out, or was put out, has none of it', async () => {
    const [burnt, out] = [await anna.posts(`ashes ${TAG}`), await anna.posts(`embers ${TAG}`)]
    await site.db.sql('update activities set expires_at = now() where uuid = $1', [burnt.uuid])
    await anna.deletes(out)
    for (const { uuid } of [burnt, out]) {
      const answer = expectStatus(await actors.visitor().visits(`/@${anna.handle}/status/${uuid}`), 410)
      expect(answer.text).not.toMatch(/ashes|embers|og:|canonical/)
      expect(answer.headers.get('sunset')).toBeNull()
      expect(headOf(answer.text).robots).toBe('noindex')
    }
  })
})

describe('a page with cruds on it', () => {
  test('tells of itself, never of the cruds; nor may a search result show them', async () => {
    for (const path of ['/', `/@${anna.handle}`, `/tags/${TAG}`]) {
      const { text, headers } = expectStatus(await actors.visitor().visits(path), 200)
      expect(text).toContain('Rain stopped.')
      const head = headOf(text)
      expect(head, path).toMatchObject({ robots: 'noarchive', canonical: origin + path, 'og:url': origin + path })
      expect(JSON.stringify(head), path).not.toContain('Rain stopped.')
      expect(text, path).toMatch(/<div role="feed"[^>]* data-nosnippet=/)
      expect(headers.get('sunset'), path).toBeNull()
    }
  })

  test('has one address, whichever way one came', async () => {
    const { next_cursor } = (await actors.visitor().get('/api/activities/everyone?limit=1')).body
    const cursor = `cursor=${encodeURIComponent(next_cursor)}`
    expect((await headAt(`/?${cursor}`)).canonical).toBe(`${origin}/`)
    expect((await headAt('/?feed=everyone&ref=x')).canonical).toBe(`${origin}/`)
    expect((await headAt('/?feed=last-light')).canonical).toBe(`${origin}/?feed=last-light`)
    expect((await headAt(`/@${anna.handle}?tab=replies`)).canonical).toBe(`${origin}/@${anna.handle}?tab=replies`)
    expect((await headAt(`/tags/${TAG.toUpperCase()}`)).canonical).toBe(`${origin}/tags/${TAG}`)
  })

  test('a person’s has their words and their picture', async () => {
    const ben = await actors.join('ben')
    expect((await headAt(`/@${ben.handle}`))['og:image']).toBe(`${origin}/share.png`)
    const picture = await setsAvatar(ben)
    expectStatus(
      await ben.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, '{"bio":"Tides, mud."}'),
      200,
    )
    expect(await headAt(`/@${ben.handle}`)).toMatchObject({
      title: `${ben.details.display_name} (@${ben.handle}) · Cruddur`,
      'og:description': 'Tides, mud.',
      'og:image': origin + picture,
      'twitter:card': 'summary',
    })
  })
})

test('addresses are those of the request, whatever a header claims', async () => {
  const claims = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' }
  // Miniflare's own entry believes the second of them, unless it is told the address.
  const headers = { ...claims, 'mf-original-url': origin + page }
  const { text } = await actors.visitor().visits(page, headers)
  expect(headOf(text).canonical).toBe(origin + page)
  expect(text).not.toContain('evil.example')
})

test('pages that nobody should find are not for search engines', async () => {
  const found = ['/about', '/terms-of-service', '/privacy-policy', '/signup']
  for (const path of found) expect((await headAt(path)).canonical, path).toBe(origin + path)
  const doors = ['/signin?next=%2F', '/confirm', '/forgot']
  for (const path of [...doors, '/search', `/search?term=${TAG}`, `/@${anna.handle}/followers`, `${page}/likes`]) {
    expect(await headAt(path), path).toMatchObject({ robots: 'noindex' })
    expect((await headAt(path)).canonical, path).toBeUndefined()
  }
  for (const path of ['/settings', '/messages', '/notifications']) {
    expect((await headAt(path, anna)).robots, path).toBe('noindex')
  }
})

test('every picture that is named is there, in its size', async () => {
  const manifest = JSON.parse(expectStatus(await actors.visitor().get('/site.webmanifest'), 200).text)
  const sized: [string, string][] = manifest.icons.map((icon: { src: string; sizes: string }) => [icon.src, icon.sizes])
  for (const [path, size] of [...sized, ['/share.png', '1200x630'], ['/apple-touch-icon.png', '180x180']]) {
    const response = await fetch(new URL(path ?? '', origin))
    expect(response.status, path).toBe(200)
    if (size === 'any') continue
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, path).toBe(size)
  }
})

test('robots may look at every page that says itself whether it may be found', async () => {
  const { text } = expectStatus(await actors.visitor().get('/robots.txt'), 200)
  const [everyone = ''] = text.split('\n\n')
  const barred = [...everyone.matchAll(/^Disallow: (.+)$/gm)].map(([, path = '']) => path)
  expect(barred).toContain('/api/')
  for (const path of ['/', page, `/@${anna.handle}`, `/tags/${TAG}`, '/search?term=x', '/signin', '/share.png']) {
    expect(
      barred.filter((start) => path.startsWith(start)),
      path,
    ).toEqual([])
  }
})
