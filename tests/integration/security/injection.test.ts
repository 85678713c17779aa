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

describe.each(XSS_PAYLOADS)('%j', (payload) => {
  test('in an activity and a display name is text, in HTML and in the page’s state', async () => {
    const anna = actors.unregistered()
    anna.details.display_name = payload
      .replaceAll(/[\u2028\u2029]/g, ' ')
      .trim()
      .slice(0, 60)
    await anna.signsUp()
    await anna.confirms()
    const message = payload.trim()
    const activity = await anna.posts(message)
    expect(activity.message).toBe(message)
    const activityPath = `/@${anna.handle}/status/${activity.uuid}`

    for (const path of ['/?feed=everyone', `/@${anna.handle}`, activityPath, `${activityPath}/put-out`]) {
      const signedIn = expectStatus(await anna.visits(path), 200).text
      expectOurScriptsOnly(signedIn, activity.user.uuid, path)
      expect(tagsWithHandlers(signedIn), path).toEqual([])
      const { json, state } = readPageState(signedIn)
      expect(json, 'cannot end or comment out the element').not.toContain('<')
      expect(JSON.stringify(state)).toContain(JSON.stringify(message).slice(1, -1))
    }
    for (const path of ['/', `/@${anna.handle}`, activityPath]) {
      const signedOut = expectStatus(await actors.visitor().visits(path), 200).text
      expect(scriptTags(signedOut), path).toEqual([])
      expect(tagsWithHandlers(signedOut), path).toEqual([])
      expect(signedOut).not.toMatch(/href="javascript:/i)
    }
  })

  test('in the input of a rejected form is text', async () => {
    const fields = { display_name: payload, email: payload, handle: payload, password: 'x' }
    const signUp = expectStatus(await actors.visitor().submits('/signup', fields), 422).text
    expect(scriptTags(signUp)).toEqual([])
    expect(tagsWithHandlers(signUp)).toEqual([])
    const anna = await actors.join()
    const draft = expectStatus(await anna.submits('/', { message: payload, ttl: payload }), 422).text
    const { viewer } = (await anna.get('/api/session')).body
    expectOurScriptsOnly(draft, viewer.uuid, '/')
    expect(tagsWithHandlers(draft)).toEqual([])
  })

  test('in a URL is text', async () => {
    const query = encodeURIComponent(payload)
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
