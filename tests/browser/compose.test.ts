import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesSaved } from './support/page-actions.ts'
import { descriptionOf } from './support/tab.ts'
import { opensCrud, posts, writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

const TOO_LONG = 'Up to 280 characters fit. Please cut a little.'

test('a new crud is on top at once, and the box is empty', async () => {
  const anna = await site.actors.join('anna')
  const old = `Old words of ${anna.handle}`
  await anna.posts(old)
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await mark()

  const fresh = `New words of ${anna.handle}`
  await posts(tab, fresh, '30 days')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  expect(await tab.main.getByRole('radio', { name: '7 days' }).isChecked()).toBe(true)
  expect(await tab.main.getByRole('article').first().textContent()).toContain(fresh)
  await tab.opensOwnProfile()
  await tab.sees(tab.crud(fresh))
  await tab.sees(tab.main.getByText('2 cruds burning'))
  await isMarked()

  async function mark() {
    await tab.page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
  }
  async function isMarked() {
    expect(await tab.page.evaluate(() => document.documentElement.hasAttribute('data-same'))).toBe(true)
  }
})

test('Ctrl and Enter send a crud, and a reply under it', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.field('Your crud').fill('Sent by keys')
  await tab.page.keyboard.press('Control+Enter')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  await tab.crud('Sent by keys').getByRole('link', { name: 'Reply' }).click()
  const box = tab.field('Your reply')
  await box.fill('Answered by keys')
  await tab.page.keyboard.press('Control+Enter')
  await expect.poll(() => box.inputValue()).toBe('')
  await seesSaved(tab, 'Answered by keys')
})

test('a reply stands under what it answers at once, and the box is empty', async () => {
  const anna = await site.actors.join('anna')
  const ben = await site.actors.join('ben')
  const asked = `Who asks ${anna.handle}?`
  await ben.posts(asked)
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/')
  await opensCrud(tab, asked)
  await writesReply(tab, 'I do.')
  await expect.poll(() => tab.field('Your reply').inputValue()).toBe('')
  await tab.sees(tab.main.getByRole('link', { name: 'Reply, 1' }))
})

test('the counter tells what is left near the end; words that are too many are refused and kept', async () => {
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

test('without script, words that are too many come back with what is wrong, and the choice of lifetime', async () => {
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
