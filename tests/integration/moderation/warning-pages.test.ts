import { beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import { openSite } from '../../harness/site.ts'
import { likes, lists, reads, warns } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'

// Content warnings on pages without script.

const site = await openSite()
const { actors } = site

const WARNING = 'The ending of the serial'
const TEXT = 'it was the ferryman'

let anna: Actor
let ben: Actor
let warned: Activity
let path: string
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  warned = await warns(anna, TEXT, WARNING)
  path = `/@${anna.handle}/status/${warned.uuid}`
  await ben.post(`/api/activities/${warned.uuid}/replies`, { message: 'it was the tide', warning: 'Another ending' })
  await likes(ben, warned)
})

/** A folded part of a page: its warning, and its text. */
const FOLDED = /<details class="warned"( open="")?><summary>.*?<\/summary>.*?<\/details>/gs

describe('happy', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['the feed of everyone', () => '/?feed=everyone'],
    ['last light', () => '/?feed=last-light'],
    ['the profile', () => `/@${anna.handle}`],
    ['the thread', () => path],
    [
      'the page of a reply',
      async () => {
        const [reply] = await lists(ben, `/api/activities/${warned.uuid}/replies`)
        return `/@${ben.handle}/status/${reply.uuid}`
      },
    ],
    ['search', () => '/search?term=serial'],
    ['the page that deletes', () => `${path}/put-out`],
    ['the menu', () => `${path}/menu`],
    ['the page to change who can reply', () => `${path}/who-can-reply`],
    ['the page to report it', () => `/report?activity=${warned.uuid}`],
    ['notifications of replies and likes', () => '/notifications'],
  ])('%s folds the text behind the warning', async (_, pathOf) => {
    const { text } = expectStatus(await anna.visits(await pathOf()), 200)
    // What hydrates the page and what a form sends is no text on the page.
    const shown = text.replace(/<script.*?<\/script>|<input type="hidden"[^>]*>/gs, '')
    expect(shown).toMatch(/The ending of the serial|Another ending/)
    expect(shown.replace(FOLDED, '')).not.toMatch(/the ferryman|the tide/)
  })

  test('previews and search engines get the warning only', async () => {
    const { text } = expectStatus(await actors.visitor().visits(path), 200)
    expect(text).toContain(`<meta property="og:description" content="${WARNING}"/>`)
    expect(text).toContain(`<meta name="description" content="${WARNING}"/>`)
    expect(text.match(new RegExp(TEXT, 'g'))).toHaveLength(1)
    expect(text.match(FOLDED)?.[0]).toMatch(/<div data-nosnippet="true">.*it was the ferryman/s)
  })

  test('who has chosen so sees all of them opened', async () => {
    const opened = async () => (await ben.visits(path)).text.match(/<details class="warned" open="">/g)?.length ?? 0
    expect(await opened()).toBe(0)
    const saved = await ben.submits('/settings', { intent: 'warnings', open_warnings: 'on' })
    expect(expectStatus(saved, 303).headers.get('location')).toBe('/settings?saved=warnings#warnings')
    expect(await opened()).toBe(2)
    expect(await reads(ben, '/api/profile')).toMatchObject({ open_warnings: true })
    expect((await anna.visits(path)).text.match(FOLDED)?.map((html) => html.includes(' open=""'))).toEqual([
      false,
      false,
    ])
    expectStatus(await ben.submits('/settings', { intent: 'warnings' }), 303)
    expect(await opened()).toBe(0)
    expect((await changesProfile(ben, { open_warnings: true })).open_warnings).toBe(true)
  })

  test('the forms of cruds, replies and rewriting send a warning', async () => {
    const cleo = await actors.join('cleo')
    expectStatus(await cleo.submits('/', { message: 'one', ttl: '1-hour', warning: ' first ' }), 303)
    const [crud] = await lists(cleo, `/api/users/@${cleo.handle}/activities`)
    expect(crud).toMatchObject({ message: 'one', warning: 'first' })
    const page = `/@${cleo.handle}/status/${crud.uuid}`
    expectStatus(await cleo.submits(page, { message: 'two', warning: 'second' }), 303)
    expect(await lists(cleo, `/api/activities/${crud.uuid}/replies`)).toMatchObject([{ warning: 'second' }])
    expect((await cleo.visits(`${page}/rewrite`)).text).toMatch(/<input(?=[^>]* name="warning")[^>]* value="first"/)
    expectStatus(await cleo.submits(`${page}/rewrite`, { message: 'one', warning: 'third' }), 303)
    const [rewritten] = await lists(cleo, `/api/users/@${cleo.handle}/activities`)
    expect(rewritten).toMatchObject({ message: 'one', warning: 'third' })
    const again = `/@${cleo.handle}/status/${rewritten.uuid}/rewrite`
    expectStatus(await cleo.submits(again, { message: 'one', warning: ' ' }), 303)
    const [last] = await lists(cleo, `/api/users/@${cleo.handle}/activities`)
    expect(last).toMatchObject({ message: 'one', warning: null })
  })
})

describe('error', () => {
  const long = 'ä'.repeat(61)

  test('a refused form comes back with the warning, opened, and says what is wrong with it', async () => {
    const cleo = await actors.join('cleo')
    for (const form of ['/', path, '/compose']) {
      const { text } = expectStatus(await cleo.submits(form, { message: 'one', ttl: '1-hour', warning: long }), 422)
      expect(text).toMatch(new RegExp(`<details class="warning-field" open=""><summary>.*value="${long}"`, 's'))
      expect(text).toContain('Up to 60 characters fit. Please shorten the warning.')
    }
    const { text } = expectStatus(await cleo.submits('/', { message: ' ', ttl: '1-hour', warning: 'kept' }), 422)
    expect(text).toContain('value="kept"')
  })

  test('a reply to what has ended comes back with its warning', async () => {
    const cleo = await actors.join('cleo')
    const gone = await anna.posts('gone')
    await anna.deletes(gone)
    const page = `/@${anna.handle}/status/${gone.uuid}`
    const { text } = expectStatus(await cleo.submits(page, { message: 'my answer', warning: 'kept too' }), 410)
    expect(text).toContain('my answer')
    expect(text).toContain('value="kept too"')
  })

  test('what was sent after the session ended comes back with its warning', async () => {
    const fields = { message: 'my answer', warning: 'kept as well' }
    const { text } = expectStatus(await actors.visitor().submits(path, fields), 401)
    expect(text).toContain('my answer')
    expect(text).toContain('kept as well')
  })
})

test('security: a warning is text, wherever it is shown', async () => {
  const cleo = await actors.join('cleo')
  const { uuid } = await warns(cleo, 'x', '"><script>alert(1)</script>')
  for (const page of [`/@${cleo.handle}/status/${uuid}`, `/@${cleo.handle}`, `/report?activity=${uuid}`]) {
    const { text } = expectStatus(await actors.visitor().visits(page), 200)
    expect(text, page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text, page).not.toContain('<script>alert')
  }
  const { text } = expectStatus(await cleo.visits(`/@${cleo.handle}/status/${uuid}/rewrite`), 200)
  expect(text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  expect(text).not.toContain('<script>alert')
})
