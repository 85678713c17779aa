import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { replies } from '../support/actors/actions.ts'
import { users } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { pressesKeys } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** Waits until a card itself, and no longer its link, takes clicks. */
const cardsOpen = (tab: Tab) => tab.page.locator('html[data-cards]').waitFor()

/** `force` in these tests: without script the card's link lies above what is clicked. */

/** A point of a card where nothing is: left of its text, below the avatar. */
const BLANK = { x: 30, y: 90 }

/** A page with a card of the text, by its name. */
const LISTS = [
  ['a feed', () => '/?feed=everyone'],
  ['a profile', (handle: string) => `/@${handle}`],
  ['search', (_: string, text: string) => `/search?term=${text.slice(-8)}`],
] as const

test.each(
  WITH_AND_WITHOUT_SCRIPT.flatMap(([name, scripted]) => LISTS.map((list) => [name, ...list, scripted] as const)),
)('%s: in %s, the text and the blank area of a card open it', async (_, _list, path, scripted) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('Press me anywhere')
  const crud = await ben.posts(text)
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
  for (const press of [
    () => tab.crud(text).getByText(text).click({ force: true }),
    () => tab.crud(text).click({ position: BLANK, force: true }),
  ]) {
    await opensPage(tab, path(ben.handle, text), scripted)
    if (scripted) await cardsOpen(tab)
    await press()
    await tab.comesTo(`/@${ben.handle}/status/${crud.uuid}`)
    await tab.sees(tab.heading('Crud'))
  }
  await opensPage(tab, path(ben.handle, text), scripted)
  await tab.crud(text).getByText(`@${ben.handle}`).click()
  await tab.comesTo(`/@${ben.handle}`)
})

test.each(WITH_AND_WITHOUT_SCRIPT)('%s: a reply in a thread and a notification open the reply', async (_, scripted) => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('An answer')
  const crud = await anna.posts(uniqueText('A question'))
  const reply = await replies(ben, crud, text)
  const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
  for (const path of [`/@${anna.handle}/status/${crud.uuid}`, '/notifications']) {
    await opensPage(tab, path, scripted)
    if (scripted) await cardsOpen(tab)
    await tab.crud(text).getByText(text).click({ force: true })
    await tab.comesTo(`/@${ben.handle}/status/${reply.uuid}`)
  }
})

test('signed out, the text of a card opens it', async () => {
  const [ben] = await users(site, 'ben')
  const actor = await site.actors.join('anna')
  const crud = await replies(ben, await actor.posts(uniqueText('A question')), uniqueText('Open to all'))
  const tab = await browser.tab()
  await tab.visits(`/@${ben.handle}?tab=replies`)
  await tab.crud(crud.message).getByText(crud.message).click({ force: true })
  await tab.comesTo(`/@${ben.handle}/status/${crud.uuid}`)
})

test('selecting text does not open a card, and a modifier or the middle button opens a new tab', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const text = uniqueText('Select some of these words')
  const crud = await ben.posts(text)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')
  await cardsOpen(tab)
  const box = await tab.crud(text).getByText(text).boundingBox()
  if (!box) throw new Error('The text has no box')
  const middle = box.y + box.height / 2
  await tab.page.mouse.move(box.x + 4, middle)
  await tab.page.mouse.down()
  await tab.page.mouse.move(box.x + 120, middle, { steps: 5 })
  await tab.page.mouse.up()
  expect(await tab.page.evaluate(() => getSelection()?.toString().length)).toBeGreaterThan(3)
  expect(tab.path).toBe('/?feed=everyone')

  // The next click only removes the selection.
  await tab.page.mouse.click(box.x + 200, middle)
  expect(await tab.page.evaluate(() => getSelection()?.toString())).toBe('')
  expect(tab.path).toBe('/?feed=everyone')

  for (const press of [
    () =>
      tab
        .crud(text)
        .getByText(text)
        .click({ modifiers: ['ControlOrMeta'] }),
    () => tab.crud(text).getByText(text).click({ button: 'middle' }),
  ]) {
    const opened = tab.page.context().waitForEvent('page')
    await press()
    const page = await opened
    await page.waitForURL(`${site.origin}/@${ben.handle}/status/${crud.uuid}`)
    await page.close()
    expect(tab.path).toBe('/?feed=everyone')
  }
})

test('Enter opens the focused card, in a thread too, and the accessible name stays that of its author', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const crud = await anna.posts(uniqueText('A question'))
  const reply = await replies(ben, crud, uniqueText('An answer'))
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  await cardsOpen(tab)
  const card = tab.main.getByRole('article', { name: `Ben @${ben.handle}` })
  await card.focus()
  await pressesKeys(tab, 'Enter')
  await tab.comesTo(`/@${ben.handle}/status/${reply.uuid}`)
})
