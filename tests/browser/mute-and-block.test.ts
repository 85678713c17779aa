import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { follows, handlesIn, posts, reads, replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { opensMenu, reloads, uniqueText, visibleTexts } from './support/page-actions.ts'
import { opensCrud } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: who is muted is in none of one’s lists, and in everybody else’s',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [cleo] = await users(site, 'cleo')
    const [loud, soft, answer] = [uniqueText('Loud'), uniqueText('Soft'), uniqueText('Loud again')]
    const all = [loud, soft, answer]
    const crud = await posts(cleo, soft)
    await posts(ben, loud)
    await replies(ben, crud, answer)
    for (const followed of [ben, cleo]) await follows(anna, followed)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const lists = ['/', '/?feed=everyone', '/?feed=last-light']
    await opensPage(tab, '/', scripted)
    await tab.sees(tab.crud(loud))
    await tab
      .crud(loud)
      .getByRole('link', { name: `@${ben.handle}` })
      .click()
    await opensMenu(tab, ben.handle)
    await tab.presses('For 1 hour')
    await tab.sees(`You have muted @${ben.handle}.`)
    // Their own page still shows what they say, and so do those of others.
    await tab.sees(tab.crud(loud))
    await tab.goesTo('Home')
    await tab.sees(tab.crud(soft))
    await tab.doesNotSee(tab.crud(loud))
    for (const path of lists) {
      await tab.visits(path)
      expect(await visibleTexts(tab, all), path).toEqual([soft])
    }
    await tab.visits(`/@${cleo.handle}/status/${crud.uuid}`)
    expect(await visibleTexts(tab, all)).toEqual([soft])

    const other = await browser.tab({ as: ben })
    await other.visits('/?feed=everyone')
    expect(await visibleTexts(other, all)).toEqual([loud, soft])
    await other.visits(`/@${cleo.handle}/status/${crud.uuid}`)
    expect(await visibleTexts(other, all)).toEqual([soft, answer])
    expect((await reads(anna, `/api/users/@${ben.handle}`)).viewer).toMatchObject({ following: true, muting: true })

    await opensPage(tab, `/@${ben.handle}`, scripted)
    await opensMenu(tab, ben.handle)
    await tab.presses('Unmute')
    await tab.doesNotSee(`You have muted @${ben.handle}.`)
    await tab.goesTo('Home')
    await tab.sees(tab.crud(loud))
    await tab.sees(tab.crud(soft))
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: neither sees the other once one has blocked; it is undone on the same page',
  async (...args) => {
    const [, scripted] = args
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const [mine, theirs] = [uniqueText('Of the one'), uniqueText('Of the other')]
    const crud = await posts(anna, mine)
    const said = await posts(ben, theirs)
    await follows(anna, ben)
    await follows(ben, anna)
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const other = await browser.tab({ as: ben })
    await other.opens('/')
    await other.sees(other.crud(mine))
    await opensPage(tab, '/', scripted)
    await tab.sees(tab.crud(theirs))

    await opensCrud(tab, theirs)
    await tab
      .crud(theirs)
      .getByRole('link', { name: `@${ben.handle}` })
      .click()
    const asks = async () => {
      await opensMenu(tab, ben.handle)
      await tab.follows(`Block @${ben.handle}`)
      await tab.sees(tab.heading(`Block @${ben.handle}?`))
    }
    await asks()
    await tab.follows('Leave it')
    await tab.sees(tab.crud(theirs))
    await asks()
    await tab.presses('Block')
    await tab.comesTo(`/@${ben.handle}`)
    await tab.sees(`You have blocked @${ben.handle}`)
    await tab.doesNotSee(tab.crud(theirs))
    // Nor is it kept where one has been before.
    tab.expects(410)
    await tab.page.evaluate(() => history.go(-5))
    await tab.comesTo(`/@${ben.handle}/status/${said.uuid}`)
    await tab.sees(tab.heading('Burnt out'))
    await tab.goesTo('Home')
    await tab.sees(tab.crud(mine))
    await tab.doesNotSee(tab.crud(theirs))
    await tab.visits('/?feed=everyone')
    expect(await visibleTexts(tab, [mine, theirs])).toEqual([mine])

    await reloads(other)
    await other.sees(other.crud(theirs))
    await other.doesNotSee(other.crud(mine))
    await other.visits(`/@${anna.handle}/status/${crud.uuid}`, 410)
    await other.visits(`/@${anna.handle}`, 404)
    expect(await handlesIn(ben, `/api/users/@${ben.handle}/followers`)).toEqual([])

    await opensPage(tab, `/@${ben.handle}`, scripted)
    await tab.presses(`Unblock @${ben.handle}`)
    await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
    await tab.sees(tab.crud(theirs))
    await other.visits(`/@${anna.handle}`)
    await other.sees(other.crud(mine))
    await other.sees(other.main.getByRole('button', { name: `Follow @${anna.handle}` }))
  },
)

test('the menu is opened and closed from the keyboard', async () => {
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
  '%s: the session was ended elsewhere; one is told, signs in, and goes on there',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben] = await users(site, 'ben')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/@${ben.handle}/block`, scripted)
    expect((await anna.delete('/api/session/all')).status).toBe(204)
    // Without script the Worker asks its API within.
    if (scripted) tab.expects(401)
    await tab.presses('Block')
    await tab.sees(tab.heading('Sign in'))
    await tab.sees('You have been signed out. Please sign in again.')
    await tab.fills({ Email: anna.email, Password: anna.details.password })
    await tab.presses('Sign in')
    await tab.comesTo(`/@${ben.handle}`)
    await tab.sees(tab.main.getByRole('button', { name: `Follow @${ben.handle}` }))
  },
)
