import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, handlesIn, posts, reads, replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { refusesSockets } from './support/live.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { opensMenu, reloads, uniqueText, visibleTexts } from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a muted user is in none of the viewer’s lists, and still in those of others',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [cleo] = await users(site, 'cleo')
    const [mutedText, shownText, mutedReply] = [uniqueText('Loud'), uniqueText('Soft'), uniqueText('Loud again')]
    const all = [mutedText, shownText, mutedReply]
    const crud = await posts(cleo, shownText)
    await posts(ben, mutedText)
    await replies(ben, crud, mutedReply)
    for (const followed of [ben, cleo]) await follows(anna, followed)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const lists = ['/', '/?feed=everyone', '/?feed=last-light']
    await opensPage(tab, '/', scripted)
    await tab.sees(tab.crud(mutedText))
    await tab
      .crud(mutedText)
      .getByRole('link', { name: `@${ben.handle}` })
      .click()
    await opensMenu(tab, ben.handle)
    await tab.presses('For 1 hour')
    await tab.sees(`You have muted @${ben.handle}.`)
    // Their own profile still shows their cruds.
    await tab.sees(tab.crud(mutedText))
    await tab.goesTo('Home')
    await tab.sees(tab.crud(shownText))
    await tab.doesNotSee(tab.crud(mutedText))
    for (const path of lists) {
      await tab.visits(path)
      expect(await visibleTexts(tab, all), path).toEqual([shownText])
    }
    await tab.visits(`/@${cleo.handle}/status/${crud.uuid}`)
    expect(await visibleTexts(tab, all)).toEqual([shownText])

    const benTab = await browser.tab({ as: ben })
    await benTab.visits('/?feed=everyone')
    expect(await visibleTexts(benTab, all)).toEqual([mutedText, shownText])
    await benTab.visits(`/@${cleo.handle}/status/${crud.uuid}`)
    expect(await visibleTexts(benTab, all)).toEqual([shownText, mutedReply])
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer).toMatchObject({ following: 'yes', muting: true })

    await opensPage(tab, `/@${ben.handle}`, scripted)
    await opensMenu(tab, ben.handle)
    await tab.presses('Unmute')
    await tab.doesNotSee(`You have muted @${ben.handle}.`)
    await tab.goesTo('Home')
    await tab.sees(tab.crud(mutedText))
    await tab.sees(tab.crud(shownText))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: after a block neither sees the other; the profile has the way to undo it',
  async (...args) => {
    const [, scripted] = args
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [annaText, benText] = [uniqueText('Of the one'), uniqueText('Of the other')]
    const crud = await posts(anna, annaText)
    const benActivity = await posts(ben, benText)
    await follows(anna, ben)
    await follows(ben, anna)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben })
    await benTab.opens('/')
    await benTab.sees(benTab.crud(annaText))
    await opensPage(tab, '/', scripted)
    await tab.sees(tab.crud(benText))

    await opensCrud(tab, benText)
    await tab
      .crud(benText)
      .getByRole('link', { name: `@${ben.handle}` })
      .click()
    const opensConfirmation = async () => {
      await opensMenu(tab, ben.handle)
      await tab.follows(`Block @${ben.handle}`)
      await tab.sees(tab.heading(`Block @${ben.handle}?`))
    }
    await opensConfirmation()
    await tab.follows('Cancel')
    await tab.sees(tab.crud(benText))
    await opensConfirmation()
    await tab.presses('Block')
    await tab.comesTo(`/@${ben.handle}`)
    await tab.sees(`You have blocked @${ben.handle}`)
    await tab.doesNotSee(tab.crud(benText))
    // Nor is it in the cache of a page that was open before.
    tab.expects(410)
    await tab.page.evaluate(() => history.go(-5))
    await tab.comesTo(`/@${ben.handle}/status/${benActivity.uuid}`)
    await tab.sees(tab.heading('Burnt out'))
    await tab.goesTo('Home')
    await tab.sees(tab.crud(annaText))
    await tab.doesNotSee(tab.crud(benText))
    await tab.visits('/?feed=everyone')
    expect(await visibleTexts(tab, [annaText, benText])).toEqual([annaText])

    await reloads(benTab)
    await benTab.sees(benTab.crud(benText))
    await benTab.doesNotSee(benTab.crud(annaText))
    await benTab.visits(`/@${anna.handle}/status/${crud.uuid}`, 410)
    await benTab.visits(`/@${anna.handle}`, 404)
    expect(await handlesIn(ben, `/api/users/@${ben.handle}/followers`)).toEqual([])

    await opensPage(tab, `/@${ben.handle}`, scripted)
    await tab.presses(`Unblock @${ben.handle}`)
    await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
    await tab.sees(tab.crud(benText))
    await benTab.visits(`/@${anna.handle}`)
    await benTab.sees(benTab.crud(annaText))
    await benTab.sees(benTab.main.getByRole('button', { name: `Follow @${anna.handle}` }))
  },
)

test('the menu opens and closes from the keyboard', async () => {
  const anna = await site.actors.join('anna')
  const [ben] = await users(site, 'ben')
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${ben.handle}`)
  const opener = tab.main.getByLabel(`More about @${ben.handle}`, { exact: true })
  await opener.focus()
  await tab.page.keyboard.press('Enter')
  await tab.sees(tab.main.getByRole('button', { name: 'For 1 day' }))
  await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('Escape')
  await tab.doesNotSee(tab.main.getByRole('button', { name: 'For 1 day' }))
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: blocking after the session was ended elsewhere leads to sign-in and back',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    // Only the press shall learn of it.
    await refusesSockets(tab)
    await opensPage(tab, `/@${ben.handle}/block`, scripted)
    // Without script the Worker calls its API in process, and the browser sees no 401.
    if (scripted) tab.expects(401)
    expect((await anna.delete('/api/session/all')).status).toBe(204)
    await tab.presses('Block')
    await tab.sees(tab.heading('Sign in'))
    await tab.sees('You’ve been signed out. Please sign in again.')
    await tab.fills({ Email: anna.email, Password: anna.details.password })
    await tab.presses('Sign in')
    await tab.comesTo(`/@${ben.handle}`)
    await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
  },
)
