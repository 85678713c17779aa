import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { manyUsers } from '../support/actors/many-users.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { navLink, refocusesTab } from './support/navigation.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const uniqueName = (name: string) => `${name}${crypto.randomUUID().slice(0, 4)}`
const people = (tab: Tab) => tab.main.getByRole('listbox', { name: 'People' })
const optionsOf = (tab: Tab) => people(tab).getByRole('option')
const selectedOption = (tab: Tab) => people(tab).getByRole('option', { selected: true })

test('completes handles by keyboard: arrows select, Enter inserts, Escape closes', async () => {
  const anna = await site.actors.join('anna')
  const name = uniqueName('zoe')
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
  const expectSelected = (index: number) =>
    expect.poll(() => selectedOption(tab).textContent()).toContain(`@${handles[index]}`)
  await expectSelected(0)
  await tab.page.keyboard.press('ArrowUp')
  await expectSelected(2)
  await tab.page.keyboard.press('ArrowDown')
  await tab.page.keyboard.press('ArrowDown')
  await expectSelected(1)
  const id = await selectedOption(tab).getAttribute('id')
  await expect.poll(() => box.getAttribute('aria-activedescendant')).toBe(id)
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

test('completes a handle by a tap in a reply, and notifies the mentioned user', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const crud = await anna.posts(`Asked by ${anna.handle}`)
  const benTab = await browser.tab({ as: ben, viewport: PHONE })
  await benTab.opens('/')
  const tab = await browser.tab({ as: anna, viewport: PHONE, hasTouch: true, isMobile: true })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}`)
  // A device without a keyboard is offered no shortcuts.
  await tab.doesNotSee(tab.page.getByRole('button', { name: 'Shortcuts' }))
  const box = tab.field('Your reply')
  await box.tap()
  await tab.page.keyboard.type(`Ask @${ben.handle.slice(0, 7)}`)
  await tab.main.getByRole('option', { name: `Ben @${ben.handle}` }).tap()
  expect(await box.inputValue()).toBe(`Ask @${ben.handle} `)
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
  await tab.page.keyboard.type('instead')
  await tab.presses('Reply')
  await tab.sees(tab.crud(`Ask @${ben.handle} instead`))

  // A reply shows before it is stored.
  await expect.poll(async () => (await ben.get('/api/notifications/unread')).body.count).toBe(1)
  await refocusesTab(benTab)
  await navLink(benTab, 'Notifications, 1 new').click()
  const notification = benTab.main.getByRole('article', { name: 'New Anna mentioned you' })
  await benTab.sees(notification)
  await notification.getByRole('link', { name: `@${ben.handle}`, exact: true }).click()
  await benTab.sees(benTab.heading('Ben'))
})

test('without script, a typed mention becomes a link and notifies the user', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  const text = `@${ben.handle.toUpperCase()}, not me@${ben.handle} nor @nobody_is_this`
  await tab.fills({ 'Your crud': text })
  await tab.presses('Crud')
  await tab.sees(tab.crud(text))
  const links = tab.crud(text).locator('p').getByRole('link')
  // A mention of nobody is plain text.
  expect(await links.allTextContents()).toEqual([`@${ben.handle.toUpperCase()}`])
  await links.first().click()
  await tab.sees(tab.heading('Ben'))

  const benTab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: false })
  await benTab.visits('/')
  await benTab.goesTo('Notifications, 1 new')
  await benTab.sees(benTab.main.getByRole('article', { name: 'New Anna mentioned you' }))
})
