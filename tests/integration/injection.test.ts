import { describe, expect, test } from 'vitest'
import { returnEarly } from '../../client/lib/return-early.ts'
import { expectStatus } from '../harness/expect.ts'
import { openSite } from '../harness/site.ts'

const { story } = await openSite()

const ATTACKS = [
  '</script><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '<!--<script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<svg/onload=alert(1)>',
  '</title><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u2028alert(1)\u2029',
  'javascript:alert(1)',
  'https://evil.example/"><script>alert(1)</script>',
  '@x"onclick="alert(1)',
  '#x</a><script>alert(1)</script>',
  '&lt;script&gt;',
  '$& $1 $` $$',
]

/** The scripts of a page that a browser would run, or read its state from. */
const scriptsIn = (html: string) => html.match(/<script\b[^>]*>/gi) ?? []
const tagsWithHandlers = (html: string) =>
  html.match(/<[a-z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*\son\w+\s*=/gi) ?? []

/** Ours, in their order and to the letter: the app, what puts the reader back in their place, the page's state. */
function expectOurScriptsOnly(html: string, viewer: string, path: string): void {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
  expect(scriptsIn(html), path).toHaveLength(3)
  expect(scripts[0]?.[1], path).toMatch(/^ type="module" src="\/assets\/[\w.-]+\.js" nonce="[0-9a-f]{32}" async=""$/)
  expect(scripts[0]?.[2], path).toBe('')
  expect(scripts[1]?.[1], path).toMatch(/^ nonce="[0-9a-f]{32}"$/)
  expect(scripts[1]?.[2], path).toBe(returnEarly(viewer))
  expect(scripts[2]?.[1], path).toBe(' type="application/json" id="state"')
}

const stateOf = (html: string) => {
  const json = html.match(/<script type="application\/json" id="state"[^>]*>([\s\S]*?)<\/script>/)?.[1] ?? ''
  return { json, state: JSON.parse(json) as unknown }
}

describe.each(ATTACKS)('%j', (attack) => {
  test('in a crud and in a name is text, in HTML and in the page’s state', async () => {
    const anna = story.meets()
    anna.details.display_name = attack
      .replaceAll(/[\u2028\u2029]/g, ' ')
      .trim()
      .slice(0, 60)
    await anna.signsUp()
    await anna.confirms()
    const message = attack.trim()
    const crud = await anna.cruds(message)
    expect(crud.message).toBe(message)
    const own = `/@${anna.handle}/status/${crud.uuid}`

    for (const path of ['/?feed=everyone', `/@${anna.handle}`, own, `${own}/put-out`]) {
      const signedIn = expectStatus(await anna.visits(path), 200).text
      expectOurScriptsOnly(signedIn, crud.user.uuid, path)
      expect(tagsWithHandlers(signedIn), path).toEqual([])
      const { json, state } = stateOf(signedIn)
      expect(json, 'nothing in it can end or comment out the element').not.toContain('<')
      expect(JSON.stringify(state)).toContain(JSON.stringify(message).slice(1, -1))
    }
    for (const path of ['/', `/@${anna.handle}`, own]) {
      const signedOut = expectStatus(await story.visitor().visits(path), 200).text
      expect(scriptsIn(signedOut), path).toEqual([])
      expect(tagsWithHandlers(signedOut), path).toEqual([])
      expect(signedOut).not.toMatch(/href="javascript:/i)
    }
  })

  test('in what a refused form gives back is text', async () => {
    const fields = { display_name: attack, email: attack, handle: attack, password: 'x' }
    const signUp = expectStatus(await story.visitor().submits('/signup', fields), 422).text
    expect(scriptsIn(signUp)).toEqual([])
    expect(tagsWithHandlers(signUp)).toEqual([])
    const anna = await story.join()
    const draft = expectStatus(await anna.submits('/', { message: attack, ttl: attack }), 422).text
    const { viewer } = (await anna.get('/api/session')).body
    expectOurScriptsOnly(draft, viewer.uuid, '/')
    expect(tagsWithHandlers(draft)).toEqual([])
  })

  test('in an address is text', async () => {
    const query = encodeURIComponent(attack)
    const paths = [
      `/confirm?email=${query}`,
      `/signin?email=${query}&next=${query}`,
      `/forgot?email=${query}&step=confirm`,
      `/${query}`,
      `/@${query}`,
    ]
    for (const path of paths) {
      const { text, status } = await story.visitor().visits(path)
      expect([200, 404], path).toContain(status)
      expect(scriptsIn(text), path).toEqual([])
      expect(tagsWithHandlers(text), path).toEqual([])
    }
  })
})
