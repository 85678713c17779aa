import { expect, it } from 'vitest'
import { loadPage } from './load-page.ts'

const load = (preloadResponse: Promise<Response | undefined>) => {
  const event: Pick<FetchEvent, 'request' | 'preloadResponse'> = {
    request: new Request('http://127.0.0.1:1/'),
    preloadResponse,
  }
  return loadPage(event)
}

it.each([200, 404, 500, 503])('returns what the site answers: %i', async (status) => {
  const answer = new Response('the page of the site', { status })
  expect(await load(Promise.resolve(answer))).toBe(answer)
})

it('says that the site is out of reach where nothing answers, with or without preload', async () => {
  for (const preloaded of [Promise.resolve(undefined), Promise.reject(new TypeError())]) {
    const response = await load(preloaded)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('Out of reach')
  }
})
