import { describe, expect, test } from 'vitest'
import { openSite } from '../../harness/site.ts'
import { expectStatus } from '../../support/assertions/expect-answer.ts'
import {
  expectOurScriptsOnly,
  readPageState,
  scriptTags,
  tagsWithHandlers,
  XSS_PAYLOADS,
} from '../../support/assertions/xss-payloads.ts'

const { actors } = await openSite()

describe.each(XSS_PAYLOADS)('%j', (attack) => {
  test('in a crud and in a name is text, in HTML and in the page’s state', async () => {
    const anna = actors.unregistered()
    anna.details.display_name = attack
      .replaceAll(/[\u2028\u2029]/g, ' ')
      .trim()
      .slice(0, 60)
    await anna.signsUp()
    await anna.confirms()
    const message = attack.trim()
    const crud = await anna.posts(message)
    expect(crud.message).toBe(message)
    const own = `/@${anna.handle}/status/${crud.uuid}`

    for (const path of ['/?feed=everyone', `/@${anna.handle}`, own, `${own}/put-out`]) {
      const signedIn = expectStatus(await anna.visits(path), 200).text
      expectOurScriptsOnly(signedIn, crud.user.uuid, path)
      expect(tagsWithHandlers(signedIn), path).toEqual([])
      const { json, state } = readPageState(signedIn)
      expect(json, 'nothing in it can end or comment out the element').not.toContain('<')
      expect(JSON.stringify(state)).toContain(JSON.stringify(message).slice(1, -1))
    }
    for (const path of ['/', `/@${anna.handle}`, own]) {
      const signedOut = expectStatus(await actors.visitor().visits(path), 200).text
      expect(scriptTags(signedOut), path).toEqual([])
      expect(tagsWithHandlers(signedOut), path).toEqual([])
      expect(signedOut).not.toMatch(/href="javascript:/i)
    }
  })

  test('in what a refused form gives back is text', async () => {
    const fields = { display_name: attack, email: attack, handle: attack, password: 'x' }
    const signUp = expectStatus(await actors.visitor().submits('/signup', fields), 422).text
    expect(scriptTags(signUp)).toEqual([])
    expect(tagsWithHandlers(signUp)).toEqual([])
    const anna = await actors.join()
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
      const { text, status } = await actors.visitor().visits(path)
      expect([200, 404], path).toContain(status)
      expect(scriptTags(text), path).toEqual([])
      expect(tagsWithHandlers(text), path).toEqual([])
    }
  })
})
