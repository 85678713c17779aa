import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { approvesFollowers, follows, handlesIn, postsTo, reads } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { opensMenu, reloads, uniqueText, userRow } from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: approval is turned on in the settings; turning it off says that it accepts who waits, and does',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/settings', scripted)
    const approval = tab.main.getByRole('checkbox', { name: 'Approve followers' })
    await approval.check()
    await tab.presses('Save followers')
    await tab.sees('Saved. From now on, people ask before they follow you.')
    expect(await approval.isChecked()).toBe(true)
    await tab.visits(`/@${anna.handle}`)
    await tab.sees('Approves followers')

    await follows(ben, anna)
    expect((await reads(ben, `/api/users/@${anna.handle}`)).viewer.following).toBe('requested')
    await opensPage(tab, '/settings', scripted)
    await tab.sees('Turning this off accepts everyone who is waiting.')
    await approval.uncheck()
    await tab.presses('Save followers')
    await tab.sees('Saved. Anyone can follow you, and everyone who was waiting does now.')
    expect((await reads(ben, `/api/users/@${anna.handle}`)).viewer.following).toBe('yes')
    await tab.visits(`/@${anna.handle}`)
    await tab.doesNotSee('Approves followers')
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)('%s: the audience of new cruds is chosen in the settings', async (_, scripted) => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  await opensPage(tab, '/settings', scripted)
  expect(await tab.main.getByRole('radio', { name: 'Everyone' }).isChecked()).toBe(true)
  await tab.main.getByRole('radio', { name: 'Your circle' }).check()
  await tab.presses('Save audience')
  await tab.sees(tab.main.getByRole('status').getByText('Saved.'))
  expect((await reads(anna, '/api/profile')).default_audience).toBe('circle')
  await reloads(tab)
  expect(await tab.main.getByRole('radio', { name: 'Your circle' }).isChecked()).toBe(true)
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: requests are counted in the menu and answered in notifications, on their page and on the profile',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben, cleo, dan, eve] = await users(site, 'ben', 'cleo', 'dan', 'eve')
    await approvesFollowers(anna)
    for (const asking of [ben, cleo, dan, eve]) await follows(asking, anna)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/notifications', scripted)
    const notifications = tab.main.getByRole('feed', { name: 'Notifications' })
    const accept = notifications.getByRole('button', { name: `Accept @${eve.handle}` })
    await accept.click()
    await tab.doesNotSee(accept)
    await tab.comesTo('/notifications')
    await notifications.getByRole('button', { name: `Decline @${dan.handle}` }).click()
    await tab.doesNotSee(notifications.getByRole('button', { name: `Decline @${dan.handle}` }))
    expect(await handlesIn(anna, `/api/users/@${anna.handle}/followers`)).toEqual([eve.handle])

    await tab.follows('2 people ask to follow you')
    await tab.sees(tab.heading('Follow requests'))
    await tab.presses(`Accept @${cleo.handle}`)
    await tab.doesNotSee(tab.main.getByRole('button', { name: `Accept @${cleo.handle}` }))
    await tab.comesTo('/follow-requests')
    await tab.opensPhoneMenu()
    await tab.page.getByRole('link', { name: 'Requests, 1 new' }).click()
    await tab.comesTo('/follow-requests')

    await userRow(tab.main, ben.handle).getByRole('link').click()
    await tab.sees(`@${ben.handle} asks to follow you.`)
    await tab.presses(`Accept @${ben.handle}`)
    await tab.doesNotSee(`@${ben.handle} asks to follow you.`)
    await tab.comesTo(`/@${ben.handle}`)
    await tab.sees('Follows you')
    const followers = await handlesIn(anna, `/api/users/@${anna.handle}/followers`)
    expect(followers.toSorted()).toEqual([ben.handle, cleo.handle, eve.handle])
    await tab.visits('/follow-requests')
    await tab.sees(tab.main.getByText(/^Nobody is waiting/))
    await tab.opensPhoneMenu()
    expect(await tab.page.getByRole('link', { name: /^Requests/ }).count()).toBe(0)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a request that was taken back meanwhile leaves the list when it is accepted',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    await approvesFollowers(anna)
    await follows(ben, anna)
    const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
    await opensPage(tab, '/follow-requests', scripted)
    await ben.delete(`/api/users/@${anna.handle}/follow`)
    if (scripted) tab.expects(404)
    await tab.presses(`Accept @${ben.handle}`)
    await tab.sees(tab.main.getByText(/^Nobody is waiting/))
    expect(await handlesIn(anna, `/api/users/@${anna.handle}/followers`)).toEqual([])
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: two people: a request is accepted and opens what is for followers; the follower is removed and sees it no more',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    await approvesFollowers(anna)
    const text = uniqueText('For followers')
    const activity = await postsTo(anna, { audience: 'followers' }, text)
    const annaTab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(benTab, `/@${anna.handle}`, scripted)
    await benTab.doesNotSee(benTab.crud(text))
    await benTab.presses(`Follow @${anna.handle}`)
    await benTab.sees(benTab.main.getByRole('button', { name: `Requested to follow @${anna.handle}, take back` }))
    await expect.poll(() => handlesIn(anna, '/api/follow-requests')).toEqual([ben.handle])

    await opensPage(annaTab, '/follow-requests', scripted)
    await annaTab.presses(`Accept @${ben.handle}`)
    await annaTab.sees(annaTab.main.getByText(/^Nobody is waiting/))
    await reloads(benTab)
    await benTab.sees(benTab.main.getByRole('button', { name: `Following @${anna.handle}, stop` }))
    await benTab.sees(benTab.crud(text))
    await benTab.goesTo('Home')
    await opensCrud(benTab, text)

    await annaTab.visits(`/@${anna.handle}/followers`)
    await userRow(annaTab.main, ben.handle)
      .getByRole('link', { name: `Remove @${ben.handle}` })
      .click()
    await annaTab.sees(annaTab.heading(`Remove @${ben.handle} from your followers?`))
    // Also of a poll.
    benTab.expects(410)
    await annaTab.presses('Remove')
    await annaTab.comesTo(`/@${ben.handle}`)
    await annaTab.doesNotSee('Follows you')
    expect(await handlesIn(anna, `/api/users/@${anna.handle}/followers`)).toEqual([])
    await reloads(benTab)
    await benTab.sees(benTab.heading('Burnt out'))
    await benTab.visits('/')
    await benTab.doesNotSee(benTab.crud(text))
    await benTab.visits(`/@${anna.handle}/status/${activity.uuid}`, 410)
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: two people: who unfollows no longer sees what is for followers, in no list that was open before',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    await follows(ben, anna)
    const [limited, open] = [uniqueText('For followers'), uniqueText('For everyone')]
    await postsTo(anna, { audience: 'followers' }, limited)
    await postsTo(anna, { audience: 'everyone' }, open)
    const tab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await tab.sees(tab.crud(open))
    await opensCrud(tab, limited)
    await tab
      .crud(limited)
      .getByRole('link', { name: `@${anna.handle}` })
      .click()
    await tab.sees(tab.crud(limited))
    await tab.presses(`Following @${anna.handle}, stop`)
    await tab.sees(tab.main.getByRole('button', { name: `Follow @${anna.handle}` }))
    await tab.doesNotSee(tab.crud(limited))
    await tab.sees(tab.crud(open))
    await expect.poll(() => handlesIn(ben, `/api/users/@${ben.handle}/following`)).toEqual([])
    await tab.goesTo('Home')
    await tab.sees(tab.field('Your crud'))
    await tab.doesNotSee(tab.crud(limited))
    await tab.visits('/?feed=last-light')
    await tab.sees(tab.crud(open))
    await tab.doesNotSee(tab.crud(limited))
    await tab.visits('/?feed=everyone')
    await tab.sees(tab.crud(open))
    await tab.doesNotSee(tab.crud(limited))
  },
)

test('a follower is removed from the menu of their profile', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  await follows(ben, anna)
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${ben.handle}`)
  await opensMenu(tab, ben.handle)
  await tab.follows('Remove follower')
  await tab.follows('Cancel')
  await tab.sees('Follows you')
  await opensMenu(tab, ben.handle)
  await tab.follows('Remove follower')
  await tab.presses('Remove')
  await tab.doesNotSee('Follows you')
  await opensMenu(tab, ben.handle)
  await tab.sees(tab.main.getByRole('link', { name: `Block @${ben.handle}` }))
  await tab.doesNotSee(tab.main.getByRole('link', { name: 'Remove follower' }))
})
