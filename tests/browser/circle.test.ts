import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { handlesIn, lists, postsTo } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { focusedName } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { opensMenu, reloads, uniqueText, userRow } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: people are found, added and removed on the circle’s page, which the phone’s menu leads to',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [ben, cleo] = await users(site, 'ben', 'cleo')
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await tab.opensPhoneMenu()
    await tab.page.getByRole('link', { name: 'Circle', exact: true }).click()
    await tab.sees(tab.heading('Your circle'))
    await tab.sees('Nobody is in your circle yet. Look for someone above.')

    for (const member of [ben, cleo]) {
      const search = tab.main.getByRole('searchbox', { name: 'Find people to add' })
      await search.fill(`@${member.handle}`)
      await search.press('Enter')
      const found = tab.main.getByRole('region', { name: 'Add someone' })
      await userRow(found, member.handle)
        .getByRole('button', { name: `Add @${member.handle}` })
        .click()
      const members = tab.main.getByRole('region', { name: 'In your circle' })
      await tab.sees(userRow(members, member.handle))
      // Listed once.
      await tab.sees(found.getByText(`Everyone found for “@${member.handle}” is in your circle.`))
      expect(await userRow(tab.main, member.handle).count()).toBe(1)
      // The focus moves to the search box, for people who use a keyboard.
      if (scripted) await expect.poll(() => focusedName(tab)).toBe('Find people to add')
    }
    expect(await handlesIn(anna, '/api/circle')).toEqual([ben.handle, cleo.handle].toSorted())

    await tab.visits('/circle')
    await tab.presses(`Remove @${cleo.handle}`)
    await tab.doesNotSee(userRow(tab.main, cleo.handle))
    expect(await handlesIn(anna, '/api/circle')).toEqual([ben.handle])
    await tab.visits('/circle?term=nobody_at_all')
    await tab.sees('Nobody found for “nobody_at_all”. Try another handle or name.')
    for (const member of [ben, cleo]) expect(await lists(member, '/api/notifications')).toEqual([])
  },
)

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: two people: who is added to a circle sees what is for it, until they are removed, and is told nothing',
  async (_, scripted) => {
    const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
    const text = uniqueText('For the circle')
    const activity = await postsTo(anna, { audience: 'circle' }, text)
    const annaTab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    const benTab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(benTab, `/@${anna.handle}`, scripted)
    const before = (await benTab.main.getByRole('list').allTextContents()).join()
    await benTab.doesNotSee(benTab.crud(text))

    await opensPage(annaTab, `/@${ben.handle}`, scripted)
    await opensMenu(annaTab, ben.handle)
    await annaTab.presses('Add to your circle')
    await expect.poll(() => handlesIn(anna, '/api/circle')).toEqual([ben.handle])
    await reloads(benTab)
    await benTab.sees(benTab.crud(text))
    // No count shows it.
    expect((await benTab.main.locator('.counts').allTextContents()).join()).toContain('0 cruds burning')
    expect(before).toContain('0 cruds burning')
    await benTab.visits('/notifications')
    await benTab.sees(benTab.main.getByText(/^Nothing here yet/))

    // It closes once the page has the answer.
    await annaTab.sees(annaTab.main.locator('details.menu:not([open])'))
    await opensMenu(annaTab, ben.handle)
    await annaTab.presses('Remove from your circle')
    await expect.poll(() => handlesIn(anna, '/api/circle')).toEqual([])
    await benTab.visits(`/@${anna.handle}`)
    await benTab.doesNotSee(benTab.crud(text))
    await benTab.visits(`/@${anna.handle}/status/${activity.uuid}`, 410)
  },
)
