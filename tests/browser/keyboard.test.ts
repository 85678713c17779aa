import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { focusedName, nextFocus, seesFocus, tabsToAndPressesEnter } from './support/keyboard.ts'
import { WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { descriptionOf } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const SCREENS = [
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const

test.for(SCREENS)(
  'on %s: the first tab stop skips to the page, sign-in is among the first five',
  async ([, viewport]) => {
    const tab = await browser.tab({ viewport })
    await tab.visits('/')
    const stops = [await nextFocus(tab)]
    while (stops.length < 5) stops.push(await nextFocus(tab))
    expect(stops[0]).toBe('Skip navigation')
    expect(stops).toContain('Sign in')

    await tab.visits('/')
    await nextFocus(tab)
    await tab.page.keyboard.press('Enter')
    await expect.poll(() => tab.page.evaluate(() => document.activeElement?.id)).toBe('main')
    expect(await nextFocus(tab)).toBe('Join')
  },
)

test.for(SCREENS)('on %s, signed in: the skip link is first on every page', async ([, viewport]) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport })
  for (const path of ['/', `/@${anna.handle}`, '/about', '/signout']) {
    await tab.opens(path)
    expect(await nextFocus(tab), path).toBe('Skip navigation')
    const stop = tab.page.getByRole('link', { name: 'Skip navigation' })
    const box = await stop.boundingBox()
    expect(box?.y, path).toBeGreaterThanOrEqual(0)
  }
})

test('a crud can be written and sent with the keyboard alone', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}`)
  // The form opens in a dialog once what is loaded after hydration is there; before, the link leads to its page.
  await tab.page.locator('.shortcut-sheet').waitFor({ state: 'attached' })
  await tab.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Crud', exact: true }).focus()
  await tab.page.keyboard.press('Enter')
  await seesFocus(tab.page.getByRole('dialog').getByLabel('Your crud', { exact: true }))
  await tab.page.keyboard.type('By hand')
  expect(await nextFocus(tab)).toBe('7 days')
  await tab.page.keyboard.press('ArrowLeft')
  expect(await tab.page.getByRole('radio', { name: '3 days' }).isChecked()).toBe(true)
  await tabsToAndPressesEnter(tab, tab.page.getByRole('button', { name: 'Crud', exact: true }))
  await tab.sees(tab.crud('By hand'))
})

test.each([
  ['/signup', 'Join', ['Name', 'Email', 'Handle', 'Password']],
  ['/signin', 'Sign in', ['Email', 'Password']],
  ['/confirm', 'Confirm', ['Email', 'Code']],
  ['/forgot', 'Send the code', ['Email']],
  ['/forgot?step=confirm', 'Set password', ['Email', 'Code', 'New password']],
])('%s, sent empty: each input describes its error', async (path, button, labels) => {
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits(path)
  tab.expects(422)
  await tab.presses(button)
  for (const label of labels) {
    const input = tab.field(label)
    await expect.poll(() => input.getAttribute('aria-invalid'), { message: label }).toBe('true')
    const error = await input.evaluate((element) => element.parentElement?.querySelector('.error')?.textContent)
    expect(error, label).toMatch(/\.$/)
    expect(await descriptionOf(input), label).toContain(error)
  }
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: signing in from a button leads back to it, and does nothing by itself',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const crud = await ben.posts(`Worth it, says ${ben.handle}`)
    const path = `/@${ben.handle}/status/${crud.uuid}`
    const tab = await browser.tab({ viewport: PHONE, javaScriptEnabled: scripted })
    for (const [page, link, button] of [
      ['/', 'Sign in to like', 'Like'],
      ['/', 'Sign in to repost', 'Repost'],
      [path, 'Sign in to reply', 'Reply'],
      [`/@${ben.handle}`, 'Sign in to follow', `Follow @${ben.handle}`],
    ] as const) {
      // Left before its polls would be refused.
      await tab.page.goto('about:blank')
      await tab.context.clearCookies()
      await tab.visits(page)
      await tab.main.getByRole('link', { name: link, exact: true }).first().click()
      await tab.fills({ Email: anna.email, Password: anna.details.password })
      await tab.presses('Sign in')
      await tab.comesTo(link.endsWith('follow') ? `/@${ben.handle}` : path)
      if (scripted) await tab.waitsForHydration()
      await expect.poll(() => focusedName(tab)).toBe(button)
    }
    const { likes_count, reposts_count, replies_count } = (await ben.get(`/api/activities/${crud.uuid}`)).body
    expect([likes_count, reposts_count, replies_count]).toEqual([0, 0, 0])
    expect((await ben.get(`/api/users/@${ben.handle}`)).body.followers_count).toBe(0)
  },
)
