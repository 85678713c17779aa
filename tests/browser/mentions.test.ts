import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { manyUsers } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { navLink, refocusesTab } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const nameLike = (name: string) => `${name}${crypto.randomUUID().slice(0, 4)}`
const optionsOf = (tab: Tab) => tab.main.getByRole('listbox', { name: 'People' }).getByRole('option')
const chosenOf = (tab: Tab) => tab.main.getByRole('option', { selected: true })

test('people are completed by keyboard: arrows choose, Enter takes, Escape closes', async () => {
  const anna = await site.actors.join('anna')
  const name = nameLike('zoe')
  await manyUsers(site, 3, name)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const box = tab.field('Your crud')
  await box.focus()
  await tab.page.keyboard.type(`Hi @${name.toUpperCase()}`)
  await tab.sees(optionsOf(tab).nth(2))
  await tab.sees('3 people, up and down to choose.')
  const handles = (await optionsOf(tab).allTextContents()).map((text) => text.split('@')[1])
  expect(handles).toHaveLength(3)
  const isChosen = (index: number) => expect.poll(() => chosenOf(tab).textContent()).toContain(`@${handles[index]}`)
  await isChosen(0)
  await tab.page.keyboard.press('ArrowUp')
  await isChosen(2)
  await tab.page.keyboard.press('ArrowDown')
  await tab.page.keyboard.press('ArrowDown')
  await isChosen(1)
  const id = await box.getAttribute('aria-activedescendant')
  expect(id).toBe(await chosenOf(tab).getAttribute('id'))
  await tab.page.keyboard.press('Enter')
  expect(await box.inputValue()).toBe(`Hi @${handles[1]} `)
  await tab.doesNotSee(optionsOf(tab).first())

  await tab.page.keyboard.type(`and @${name}`)
  await tab.sees(optionsOf(tab).nth(2))
  await tab.page.keyboard.press('Escape')
  await tab.doesNotSee(optionsOf(tab).first())
  await tab.page.keyboard.press('Enter')
  await tab.page.keyboard.type('ho')
  expect(await box.inputValue()).toBe(`Hi @${handles[1]} and @${name}\nho`)
  await tab.presses('Crud')
  await tab.sees(tab.crud('Hi').getByRole('link', { name: `@${handles[1]}`, exact: true }))
})

test('people are completed by a tap, also in a reply; the mention reaches them', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const crud = await anna.posts(`Asked by ${anna.handle}`)
  const theirs = await browser.tab({ as: ben, viewport: PHONE })
  await theirs.opens('/')
  const tab = await browser.tab({ as: anna, viewport: PHONE, hasTouch: true, isMobile: true })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  const box = tab.field('Your reply')
  await box.tap()
  await tab.page.keyboard.type(`Ask @${ben.handle.slice(0, 7)}`)
  await tab.main.getByRole('option', { name: `Ben @${ben.handle}` }).tap()
  expect(await box.inputValue()).toBe(`Ask @${ben.handle} `)
  expect(await box.evaluate((it) => it === document.activeElement)).toBe(true)
  await tab.page.keyboard.type('instead')
  await tab.presses('Reply')
  await tab.sees(tab.crud(`Ask @${ben.handle} instead`))

  // A reply shows before it is stored.
  await expect.poll(async () => (await ben.get('/api/notifications/unread')).body.count).toBe(1)
  await refocusesTab(theirs)
  await navLink(theirs, 'Notifications, 1 new').click()
  const told = theirs.main.getByRole('article', { name: 'New Anna mentioned you' })
  await theirs.sees(told)
  await told.getByRole('link', { name: `@${ben.handle}`, exact: true }).click()
  await theirs.sees(theirs.heading('Ben'))
})

test('without script, a mention is what one types; it is a link, and reaches them', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  const words = `@${ben.handle.toUpperCase()}, not me@${ben.handle} nor @nobody_is_this`
  await tab.fills({ 'Your crud': words })
  await tab.presses('Crud')
  await tab.sees(tab.crud(words))
  const links = tab.crud(words).locator('p').getByRole('link')
  expect(await links.allTextContents()).toEqual([`@${ben.handle.toUpperCase()}`, '@nobody_is_this'])
  await links.first().click()
  await tab.sees(tab.heading('Ben'))

  const theirs = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: false })
  await theirs.visits('/')
  await theirs.goesTo('Notifications, 1 new')
  await theirs.sees(theirs.main.getByRole('article', { name: 'New Anna mentioned you' }))
})
