import { beforeAll, describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { follows, posts, reads, replies, reposts, sendsMessage } from '../../support/actors/actions.ts'
import type { Actor } from '../../support/actors/actors.ts'
import { changesProfile } from '../../support/actors/change-profile.ts'
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
let benUuid: string
beforeAll(async () => {
  ;[anna, ben] = await Promise.all([actors.join('anna'), actors.join('ben')])
  await Promise.all([follows(anna, ben), follows(ben, anna)])
  benUuid = (await reads(ben, '/api/session')).viewer.uuid
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

/** The part of a payload that is no link: a mention, a tag or an address at its beginning becomes one. */
const withoutLink = (text: string) => text.replace(/^(@x|#x|https:\/\/evil\.example\/)/, '')

test('XSS payloads in replies, messages and a bio are text for another user', async () => {
  const texts = XSS_PAYLOADS.map((payload) => payload.trim())
  const bio = texts.slice(0, 8).join('\n').slice(0, 280)
  await changesProfile(anna, { bio })
  const activity = await posts(ben, 'what do you think?')
  const replyUuids: string[] = []
  const groups = new Set<string>()
  for (const text of texts) {
    replyUuids.push((await replies(anna, activity, `${text} @${ben.handle}`)).uuid)
    groups.add((await sendsMessage(anna, ben, text)).message_group_uuid)
  }
  const activityPath = `/@${ben.handle}/status/${activity.uuid}`
  // Pages with the texts that each shows.
  const pages: [string, string[]][] = [
    [activityPath, texts],
    [`/@${anna.handle}/status/${replyUuids.at(-1)}`, texts.slice(-1)],
    [`/@${anna.handle}`, [bio]],
    [`/@${anna.handle}?tab=replies`, texts],
    ['/notifications', texts],
    ['/messages', texts.slice(-1)],
    [`/messages/${[...groups].join()}`, texts],
  ]
  for (const [path, expectedTexts] of pages) {
    const html = expectStatus(await ben.visits(path), 200).text
    expectInert(html, path)
    expectOurScriptsOnly(html, benUuid, path)
    const { json, state } = readPageState(html)
    expect(json, path).not.toContain('<')
    for (const text of expectedTexts) {
      expect(JSON.stringify(state), path).toContain(inJson(text))
      expect(html, path).toContain(escaped(withoutLink(text)))
    }
  }
  for (const [path, expectedTexts] of [
    [activityPath, texts],
    [`/@${anna.handle}`, [bio]],
  ] as const) {
    const html = expectStatus(await actors.visitor().visits(path), 200).text
    expect(scriptTags(html), path).toEqual([])
    expectInert(html, path)
    for (const text of expectedTexts) expect(html, path).toContain(escaped(withoutLink(text)))
  }
  const settings = expectStatus(await anna.visits('/settings'), 200).text
  expect(settings).toContain(escaped(bio))
  expectInert(settings, '/settings')
})

describe.each(XSS_PAYLOADS)('%j in the URL', (payload) => {
  const query = encodeURIComponent(payload)

  test.each([`/search?term=${query}`, `/search?term=${query}&in=people`])('of a search is text: %s', async (path) => {
    const signedIn = expectStatus(await ben.visits(path), 200).text
    expectOurScriptsOnly(signedIn, benUuid, path)
    const signedOut = expectStatus(await actors.visitor().visits(path), 200).text
    expect(scriptTags(signedOut)).toEqual([])
    for (const html of [signedIn, signedOut]) {
      expectInert(html, path)
      expect(html).toContain(`value="${escaped(payload)}"`)
    }
  })

  test('of a tag is no tag', async () => {
    const path = `/tags/${query}`
    const signedIn = expectStatus(await ben.visits(path), 404).text
    expectOurScriptsOnly(signedIn, benUuid, path)
    const signedOut = expectStatus(await actors.visitor().visits(path), 404).text
    expect(scriptTags(signedOut)).toEqual([])
    for (const html of [signedIn, signedOut]) expectInert(html, path)
  })

  test('of the messages is text in the field To, and comes back after sign-in', async () => {
    const path = `/messages?to=${query}`
    const html = expectStatus(await ben.visits(path), 200).text
    expectOurScriptsOnly(html, benUuid, path)
    expectInert(html, path)
    expect(html).toContain(`value="${escaped(payload)}"`)
    const { headers } = expectStatus(await actors.visitor().visits(path), 302)
    const signIn = new URL(headers.get('location') ?? '', ben.origin)
    expect([signIn.origin, signIn.pathname]).toEqual([ben.origin, '/signin'])
    expect(new URL(signIn.searchParams.get('next') ?? '', ben.origin).searchParams.get('to')).toBe(payload)
  })
})

test('a right-to-left override does not affect the text around it', async () => {
  const reversed = '\u202ereversed'
  await changesProfile(anna, { display_name: reversed, bio: reversed })
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
    const { text } = expectStatus(await ben.visits(path), 200)
    const body = text.slice(text.indexOf('<body'), text.indexOf('<script type="application/json"'))
    const htmlBeforeEach = body.split(reversed).slice(0, -1)
    expect(htmlBeforeEach.length, path).toBeGreaterThan(0)
    for (const html of htmlBeforeEach) {
      // The text is isolated by the element around it: bdi, dir="auto" or an element of its own.
      expect(html, path).toMatch(
        /(<bdi[^<>]*>|<[^<>]*dir="auto"[^<>]*>|<h1[^<>]*>|<span class="visually-hidden">|"[^"<>]*)$/,
      )
    }
  }
  const title = (await actors.visitor().visits(`/@${anna.handle}`)).text.match(/<title>([^<]*)/)?.[1]
  expect(title).toBe(`reversed (@${anna.handle}) · Cruddur`)
})
