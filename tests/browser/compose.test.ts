import { expect, test } from 'vitest'
import { TTL_SECONDS } from '../../worker/contract/ttl.ts'
import { openSite } from '../harness/site.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { seesSaved } from './support/page-actions.ts'
import { descriptionOf, type Tab } from './support/tab.ts'
import { opensCrud, posts, writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const BLANK = 'Write a word or two first.'
const TOO_LONG = 'Up to 280 characters fit. Please shorten it.'

test('a new crud shows on top at once without a page load, and the box is emptied', async () => {
  const anna = await site.actors.join('anna')
  const oldText = `Old words of ${anna.handle}`
  await anna.posts(oldText)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.page.evaluate(() => document.documentElement.setAttribute('data-same', ''))

  const newText = `New words of ${anna.handle}`
  await posts(tab, newText, '30 days')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  expect(await tab.main.getByRole('radio', { name: '7 days' }).isChecked()).toBe(true)
  expect(await tab.main.getByRole('article').first().textContent()).toContain(newText)
  await tab.opensOwnProfile()
  await tab.sees(tab.crud(newText))
  await tab.sees(tab.main.getByText('2 cruds burning'))
  expect(await tab.page.evaluate(() => document.documentElement.hasAttribute('data-same'))).toBe(true)
})

test('Ctrl+Enter sends a crud and a reply, from any control; a blank one is refused in its box', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.main.getByRole('radio', { name: '3 days' }).focus()
  await tab.page.keyboard.press('Control+Enter')
  await tab.sees(BLANK)
  await seesFocus(tab.field('Your crud'))
  await tab.field('Your crud').fill('Sent by keys')
  await tab.page.keyboard.press('Control+Enter')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  await tab.crud('Sent by keys').getByRole('link', { name: 'Reply' }).click()
  const box = tab.field('Your reply')
  await box.fill('Answered by keys')
  await tab.main.getByRole('radio', { name: '1 hour', exact: true }).focus()
  await tab.page.keyboard.press('Control+Enter')
  await expect.poll(() => box.inputValue()).toBe('')
  await seesSaved(tab, 'Answered by keys')
})

test('a new reply shows below its parent at once, and the box is emptied', async () => {
  const anna = await site.actors.join('anna')
  const ben = await site.actors.join('ben')
  const parentText = `Who asks ${anna.handle}?`
  await ben.posts(parentText)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await opensCrud(tab, parentText)
  await writesReply(tab, 'I do.')
  await expect.poll(() => tab.field('Your reply').inputValue()).toBe('')
  await tab.sees(tab.main.getByRole('link', { name: 'Reply, 1' }))
})

test('counts the characters left near the limit; a text that is too long is rejected and kept', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  const box = tab.field('Your crud')
  await box.fill('a'.repeat(239))
  await tab.doesNotSee(tab.main.getByText(/^\d+ left$/))
  await box.fill('👩‍👩‍👧‍👦'.repeat(240))
  await tab.sees('40 left')
  const long = `${anna.handle} ${'word '.repeat(60)}`
  await box.fill(long)
  await tab.sees(`${long.length - 280} over`)
  await tab.main.getByRole('radio', { name: '3 days' }).check()

  await tab.presses('Crud')
  await tab.sees(TOO_LONG)
  expect(await descriptionOf(box)).toContain(TOO_LONG)
  expect(await box.getAttribute('aria-invalid')).toBe('true')
  expect(await box.inputValue()).toBe(long)
  expect(await tab.main.getByRole('radio', { name: '3 days' }).isChecked()).toBe(true)

  await box.fill(long.slice(0, 280))
  await tab.presses('Crud')
  await tab.sees(tab.crud(anna.handle))
  await tab.doesNotSee(TOO_LONG)
  await expect.poll(() => box.inputValue()).toBe('')
})

test('an error of the text goes while its cause is removed', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.presses('Crud')
  await tab.sees(BLANK)
  await tab.field('Your crud').pressSequentially('a')
  await tab.doesNotSee(BLANK)
  expect(await tab.field('Your crud').getAttribute('aria-invalid')).toBeNull()

  await tab.field('Your crud').fill('')
  await tab.presses('Crud')
  await tab.sees(BLANK)
  await tab.field('Your crud').fill('a'.repeat(300))
  await tab.sees('20 over')
  await tab.doesNotSee(BLANK)

  await tab.field('Your crud').fill('a'.repeat(282))
  await tab.presses('Crud')
  await tab.sees(TOO_LONG)
  await tab.field('Your crud').press('Backspace')
  await tab.sees('1 over')
  await tab.sees(TOO_LONG)
  await tab.field('Your crud').press('Backspace')
  await tab.doesNotSee(TOO_LONG)
})

test('without script, a text that is too long comes back with an error and the chosen TTL', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  const long = 'word '.repeat(60).trim()
  await tab.fills({ 'Your crud': long })
  await tab.main.getByRole('radio', { name: '3 days' }).check()
  tab.expects(422)
  await tab.presses('Crud')
  await tab.sees(TOO_LONG)
  expect(await descriptionOf(tab.field('Your crud'))).toContain(TOO_LONG)
  expect(await tab.field('Your crud').inputValue()).toBe(long)
  expect(await tab.main.getByRole('radio', { name: '3 days' }).isChecked()).toBe(true)
})

/** Where the notches of the TTL chooser are, as fractions of its width, and the least distance between two in px. */
const notches = (tab: Tab) =>
  tab.main.locator('.ttl-chooser').evaluate((chooser) => {
    const rights = [...chooser.querySelectorAll('label')].map((label) => label.getBoundingClientRect().right)
    const { left } = chooser.getBoundingClientRect()
    const width = (rights.at(-1) ?? 0) - left
    const gaps = rights.slice(1).map((right, i) => right - (rights[i] ?? 0))
    return { fractions: rights.map((right) => (right - left) / width), leastGap: Math.min(...gaps) }
  })

test('the notches of the TTLs are where a fuse of that length ends, but never too close for a finger', async () => {
  const anna = await site.actors.join('anna')
  const ends = Object.values(TTL_SECONDS)
    .map((seconds) => Math.log(1 + seconds / 600) / Math.log(1 + 2_592_000 / 600))
    .sort((a, b) => a - b)
  for (const [viewport, tolerance] of [
    [DESKTOP, 0.01],
    [PHONE, 0.06],
  ] as const) {
    const tab = await browser.tab({ as: anna, viewport })
    await tab.opens('/compose')
    await tab.field('Your crud').focus()
    const { fractions, leastGap } = await notches(tab)
    expect(fractions).toHaveLength(ends.length)
    for (const [i, fraction] of fractions.entries()) expect(Math.abs(fraction - (ends[i] ?? 0))).toBeLessThan(tolerance)
    expect(leastGap).toBeGreaterThanOrEqual(44)
  }
})
