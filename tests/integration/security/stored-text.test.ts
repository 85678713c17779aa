import { beforeAll, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, posts, reads, replies, reposts, sendsMessage } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import {
  expectOurScriptsOnly,
  readPageState,
  scriptTags,
  tagsWithHandlers,
  XSS_PAYLOADS,
} from '../../support/assertions/xss-payloads.ts'

const { actors } = await openSite()

// Two users who follow each other; Anna is the attacker.
let anna: Actor
let ben: Actor
let viewer: string
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  await Promise.all([follows(anna, ben), follows(ben, anna)])
  viewer = (await reads(ben, '/api/session')).viewer.uuid
})

/** A text as escaped in HTML. */
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;')

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)

/** Expects no inline handlers and no script URLs. */
function expectInert(html: string, path: string): void {
  expect(tagsWithHandlers(html), path).toEqual([])
  expect(html, path).not.toMatch(/(href|src|action|formaction)="\s*(javascript|data|vbscript):/i)
}

test('XSS payloads in replies, messages and a bio are text for another user', async () => {
  const texts = XSS_PAYLOADS.map((payload) => payload.trim())
  const bio = texts.slice(0, 8).join('\n').slice(0, 280)
  expectStatus(
    await anna.send('PATCH', '/api/profile', { 'content-type': 'application/json' }, JSON.stringify({ bio })),
    200,
  )
  const activity = await posts(ben, 'what do you think?')
  let [group, reply] = ['', activity]
  for (const text of texts) {
    reply = await replies(anna, activity, `${text} @${ben.handle}`)
    group = (await sendsMessage(anna, ben, text)).message_group_uuid
  }
  const activityPath = `/@${ben.handle}/status/${activity.uuid}`
  const replyTexts = texts.map((text) => `${text} @${ben.handle}`)
  // Pages with the texts that each shows.
  const pages: [string, string[]][] = [
    [activityPath, replyTexts],
    [`/@${anna.handle}/status/${reply.uuid}`, replyTexts.slice(-1)],
    [`/@${anna.handle}`, [bio]],
    [`/@${anna.handle}?tab=replies`, replyTexts],
    ['/notifications', replyTexts],
    ['/messages', texts.slice(-1)],
    [`/messages/${group}`, texts],
  ]
  for (const [path, expectedTexts] of pages) {
    const html = expectStatus(await ben.visits(path), 200).text
    expectInert(html, path)
    expectOurScriptsOnly(html, viewer, path)
    const { json, state } = readPageState(html)
    expect(json, path).not.toContain('<')
    for (const text of expectedTexts) {
      expect(JSON.stringify(state), path).toContain(inJson(text))
      // A text without links appears unchanged, but for escaping.
      if (!/[@#]|https:/.test(text)) expect(html, path).toContain(escaped(text))
    }
  }
  for (const path of [activityPath, `/@${anna.handle}`]) {
    const { text: html } = await actors.visitor().visits(path)
    expect(scriptTags(html), path).toEqual([])
    expectInert(html, path)
  }
  const settings = (await anna.visits('/settings')).text
  expect(settings).toContain(escaped(bio))
  expectInert(settings, '/settings')
})

test.each(XSS_PAYLOADS)('%j is text in the URL of a search, a tag and a conversation', async (payload) => {
  const query = encodeURIComponent(payload)
  const paths = [`/search?term=${query}`, `/search?term=${query}&in=people`, `/tags/${query}`]
  for (const path of paths) {
    const html = (await ben.visits(path)).text
    expectOurScriptsOnly(html, viewer, path)
    expectInert(html, path)
  }
  for (const path of [...paths, `/messages?to=${query}`]) {
    const { text: html } = await actors.visitor().visits(path)
    expect(scriptTags(html), path).toEqual([])
    expectInert(html, path)
  }
})

test('a right-to-left override does not affect the text around it', async () => {
  const reversed = '\u202ereversed'
  await anna.send(
    'PATCH',
    '/api/profile',
    { 'content-type': 'application/json' },
    JSON.stringify({ display_name: reversed, bio: reversed }),
  )
  const activity = await posts(ben, 'hm')
  await replies(anna, activity, reversed)
  await reposts(anna, activity)
  const { message_group_uuid: group } = await sendsMessage(anna, ben, reversed)
  for (const path of [
    '/',
    `/@${anna.handle}`,
    `/@${ben.handle}/status/${activity.uuid}`,
    '/messages',
    `/messages/${group}`,
  ]) {
    const { text } = await ben.visits(path)
    const body = text.slice(text.indexOf('<body'), text.indexOf('<script type="application/json"'))
    const before = body.split(reversed).slice(0, -1)
    expect(before.length, path).toBeGreaterThan(0)
    for (const html of before) {
      // The text is isolated by the element around it: bdi, dir="auto" or an element of its own.
      expect(html, path).toMatch(
        /(<bdi[^<>]*>|<[^<>]*dir="auto"[^<>]*>|<h1[^<>]*>|<span class="visually-hidden">|"[^"<>]*)$/,
      )
    }
  }
  const title = (await actors.visitor().visits(`/@${anna.handle}`)).text.match(/<title>([^<]*)/)?.[1]
  expect(title).toBe(`reversed (@${anna.handle}) · Cruddur`)
})
