import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { type Actor, PASSWORD } from '../support/actors/actors.ts'
import { expectErrors, expectStatus } from '../support/assertions/expect-answer.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensLive } from './support/live.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const MOBILE = 'Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

/** A new browser in which the actor has signed in by the form. */
async function signsIn({ email }: Actor, userAgent: string, javaScriptEnabled: boolean): Promise<Tab> {
  const viewport = userAgent === MOBILE ? { viewport: PHONE } : {}
  const tab = await browser.tab({ userAgent, javaScriptEnabled, ...viewport })
  await tab.visits('/signin')
  await tab.fills({ Email: email, Password: PASSWORD })
  await tab.presses('Sign in')
  await tab.comesTo('/')
  return tab
}

const devices = (tab: Tab) => tab.main.getByRole('region', { name: 'Where you are signed in' })
const device = (tab: Tab, name: string) => devices(tab).getByRole('listitem').filter({ hasText: name })

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s, signing out another device ends its session at once, or at its next click, not the own session',
  async (_, scripted) => {
    // Signing up makes the first session, of an unknown browser.
    const anna = await site.actors.join('anna')
    const laptop = await signsIn(anna, LAPTOP, scripted)
    const mobile = await signsIn(anna, MOBILE, scripted)
    // With script a socket tells it that its session has ended.
    await (scripted ? opensLive(mobile, '/settings') : mobile.visits('/settings'))
    await opensPage(laptop, '/settings', scripted)
    expect(await devices(laptop).getByRole('listitem').count()).toBe(3)
    await laptop.sees(device(laptop, 'Chrome on Linux').getByText('This device', { exact: true }))
    expect(await device(laptop, 'Chrome on Linux').getByRole('button').count()).toBe(0)
    // Devices of a kind are told apart by the time.
    const time = scripted
      ? /^Signed in today, \d+:\d\d [AP]M · last seen today$/
      : /^Signed in today, \d\d:\d\d UTC · last seen today$/
    await laptop.sees(device(laptop, 'Firefox on Android').getByText(time))
    await mobile.sees(device(mobile, 'Firefox on Android').getByText('This device', { exact: true }))

    if (scripted) mobile.expects(401)
    await device(laptop, 'Firefox on Android').getByRole('button', { name: 'Sign out' }).click()
    await laptop.sees('Signed out there.')
    await laptop.doesNotSee(device(laptop, 'Firefox on Android'))
    expect(await devices(laptop).getByRole('listitem').count()).toBe(2)

    if (!scripted) await mobile.goesTo('Notifications')
    await mobile.sees(mobile.heading('Sign in'))
    // It stays a known device, with a throttle of its own.
    expect((await mobile.context.cookies()).map(({ name }) => name)).toEqual(['__Host-device'])
    expectStatus(await anna.get('/api/activities/home'), 200)
    await laptop.goesTo('Notifications')
    await laptop.sees(laptop.heading('Notifications'))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s, signing out all others leaves only the own session', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const laptop = await signsIn(anna, LAPTOP, scripted)
  await opensPage(laptop, '/settings', scripted)
  expect(await devices(laptop).getByRole('listitem').count()).toBe(2)
  await laptop.presses('Sign out everywhere else')
  await laptop.sees('Signed out there.')
  await laptop.doesNotSee(device(laptop, 'Unknown browser'))
  expect(await devices(laptop).getByRole('button').count()).toBe(0)
  await laptop.sees(device(laptop, 'Chrome on Linux'))
  expectErrors(await anna.get('/api/activities/home'), 401, ['session_ended'])
  await laptop.goesTo('Notifications')
  await laptop.sees(laptop.heading('Notifications'))
})
