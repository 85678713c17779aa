import { afterEach, expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { accepts, approvesFollowers, follows, handlesIn, posts, reads, unfollows } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, refocusesTab, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { pressesReaction, reloads, seesReaction, toast, uniqueText, userRow } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)
afterEach(() => site.database.setOutage(false))

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a new user sees everyone’s cruds and suggestions, then those of the users they follow',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben, cleo] = await users(site, 'ben', 'cleo')
    const [benText, cleoText] = [uniqueText('Of one'), uniqueText('Of another')]
    await posts(ben, benText)
    await posts(cleo, cleoText)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await tab.sees('You’re not following anyone yet. Here’s what everyone is saying.')
    await tab.sees(tab.crud(benText))
    await tab.sees(tab.crud(cleoText))
    const suggested = tab.main.getByRole('region', { name: 'Find people to follow' })
    await tab.sees(userRow(suggested, cleo.handle))
    await tab.doesNotSee(userRow(suggested, anna.handle))

    await tab.presses(`Follow @${ben.handle}`)
    await expect.poll(() => handlesIn(anna, `/api/users/@${anna.handle}/following`)).toEqual([ben.handle])
    if (scripted) {
      await tab.sees('Cruds of people you follow show up here.')
      await tab.doesNotSee(tab.crud(cleoText))
      await tab.sees(tab.crud(benText))
      await tab.sees(userRow(suggested, cleo.handle))
    }
    await tab.follows('Everyone')
    await tab.comesTo('/?feed=everyone')
    await tab.sees(tab.crud(cleoText))
    await tab.follows('Following')
    await tab.comesTo('/')
    await tab.doesNotSee(tab.crud(cleoText))
    await tab.doesNotSee('You’re not following anyone yet. Here’s what everyone is saying.')
    await tab.sees(tab.crud(benText))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a user is followed and unfollowed from the profile, and both see it',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const cleoText = await browser.tab({ as: ben })
    await opensPage(tab, `/@${ben.handle}`, scripted)
    await tab.sees(tab.main.getByRole('link', { name: '0 followers' }))
    await tab.presses(`Follow @${ben.handle}`)
    await tab.sees(tab.main.getByRole('button', { name: `Following @${ben.handle}, stop` }))
    await tab.sees(tab.main.getByRole('link', { name: '1 follower' }))
    await expect.poll(async () => (await reads(anna, `/api/users/@${ben.handle}`)).followers_count).toBe(1)
    await reloads(tab)
    if (scripted) await tab.waitsForHydration()
    await tab.sees(tab.main.getByRole('button', { name: `Following @${ben.handle}, stop` }))

    await cleoText.visits(`/@${anna.handle}`)
    await cleoText.sees('Follows you')
    await cleoText.sees(cleoText.main.getByRole('link', { name: '1 following' }))
    await tab.presses(`Following @${ben.handle}, stop`)
    await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
    await tab.sees(tab.main.getByRole('link', { name: '0 followers' }))
    await expect.poll(() => handlesIn(ben, `/api/users/@${ben.handle}/followers`)).toEqual([])
    await reloads(cleoText)
    await cleoText.doesNotSee('Follows you')
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a user who approves followers is asked, and follows are counted once they accept',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    await approvesFollowers(ben)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/@${ben.handle}`, scripted)
    const requested = tab.main.getByRole('button', { name: `Requested to follow @${ben.handle}, take back` })
    for (const isLast of [false, true]) {
      await tab.presses(`Follow @${ben.handle}`)
      await tab.sees(requested)
      await tab.sees(tab.main.getByRole('link', { name: '0 followers' }))
      await expect.poll(() => handlesIn(ben, '/api/follow-requests')).toEqual([anna.handle])
      if (isLast) break
      await tab.presses(`Requested to follow @${ben.handle}, take back`)
      await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
      await expect.poll(() => handlesIn(ben, '/api/follow-requests')).toEqual([])
    }
    await accepts(ben, anna)
    await reloads(tab)
    await tab.sees(tab.main.getByRole('button', { name: `Following @${ben.handle}, stop` }))
    await tab.sees(tab.main.getByRole('link', { name: '1 follower' }))
  },
)

test('a newly followed user’s cruds are on home at once, even after a like in between', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  const [near, far] = [uniqueText('Near'), uniqueText('Far')]
  await follows(anna, ben)
  await posts(ben, near)
  await posts(cleo, far)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.sees(tab.crud(near))
  await tab.doesNotSee(tab.crud(far))
  await tab.follows('Everyone')
  await tab
    .crud(far)
    .getByRole('link', { name: `@${cleo.handle}` })
    .click()
  const followed = tab.page.waitForResponse((response) => response.url().endsWith('/follow'))
  await tab.presses(`Follow @${cleo.handle}`)
  await followed
  await pressesReaction(tab, far, 'Like')
  await seesReaction(tab, far, 'Like', true, 1)
  await tab.goesTo('Home')
  await tab.sees(tab.crud(near))
  await tab.sees(tab.crud(far))
})

test('lists followers and following with follow buttons, and says when a list is empty', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  await follows(ben, anna)
  await follows(cleo, anna)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${anna.handle}`)
  await tab.follows('0 following')
  await tab.sees('You’re not following anyone yet.')
  const which = tab.main.getByRole('navigation', { name: 'Which people' })
  await which.getByRole('link', { name: 'Followers' }).click()
  await tab.comesTo(`/@${anna.handle}/followers`)
  const names = async () => (await tab.main.getByRole('listitem').getByText(/^@/).allTextContents()).toSorted()
  await expect.poll(names).toEqual([`@${ben.handle}`, `@${cleo.handle}`])
  await tab.presses(`Follow @${ben.handle}`)
  await tab.sees(tab.main.getByRole('button', { name: `Following @${ben.handle}, stop` }))
  await expect.poll(() => handlesIn(anna, `/api/users/@${anna.handle}/following`)).toEqual([ben.handle])
  await which.getByRole('link', { name: 'Following' }).click()
  await expect.poll(names).toEqual([`@${ben.handle}`])

  // The viewer is in the list of another user, without a follow button.
  await tab.main
    .getByRole('listitem')
    .getByRole('link', { name: `@${ben.handle}` })
    .click()
  await tab.follows('1 follower')
  await expect.poll(names).toEqual([`@${anna.handle}`])
  expect(await tab.main.getByRole('listitem').getByRole('button').count()).toBe(0)
  await tab.visits(`/@${cleo.handle}/followers`)
  await tab.sees(`Nobody follows @${cleo.handle} yet.`)
})

test('a failed follow shows a message and is rolled back', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${ben.handle}`)
  tab.expects(503)
  site.database.setOutage(true)
  await tab.presses(`Follow @${ben.handle}`)
  const reason = 'Cruddur can’t be reached right now. Try again in a moment.'
  await tab.sees(toast(tab, `You don’t follow @${ben.handle}. ${reason}`))
  await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
  await tab.sees(tab.main.getByRole('link', { name: '0 followers' }))
})

test('a follow on one profile does not show on the next; the button follows changes from another device', async () => {
  const anna = await site.actors.join('anna')
  const [ben, cleo] = await users(site, 'ben', 'cleo')
  await posts(ben, `Ask @${cleo.handle}`)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.page.clock.install()
  await tab.opens(`/@${ben.handle}`)
  await tab.presses(`Follow @${ben.handle}`)
  await tab.sees(tab.main.getByRole('button', { name: `Following @${ben.handle}, stop` }))
  await expect.poll(() => handlesIn(anna, `/api/users/@${anna.handle}/following`)).toEqual([ben.handle])

  await tab
    .crud('Ask')
    .getByRole('link', { name: `@${cleo.handle}` })
    .click()
  await tab.comesTo(`/@${cleo.handle}`)
  await tab.presses(`Follow @${cleo.handle}`)
  await tab.sees(tab.main.getByRole('button', { name: `Following @${cleo.handle}, stop` }))
  await expect
    .poll(async () => (await handlesIn(anna, `/api/users/@${anna.handle}/following`)).toSorted())
    .toEqual([ben.handle, cleo.handle])

  // She unfollows on another device.
  await unfollows(anna, cleo)
  await tab.page.clock.fastForward(60_000)
  await refocusesTab(tab)
  await tab.sees(tab.main.getByRole('button', { name: `Follow @${cleo.handle}` }))
})
