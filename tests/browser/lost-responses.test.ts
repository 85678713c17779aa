import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser } from './support/browser.ts'
import { seesSaved } from './support/page-actions.ts'

const site = await openSite()
const browser = await openBrowser(site)

const storedRows = (message: string) => site.db.sql('select uuid from activities where message = $1', [message])

test('a retry after a lost response stores one crud; the same text posted again stores a second', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const message = `Kettle ${crypto.randomUUID()}`
  // The API stores it, the browser gets no response.
  await tab.page.route('**/api/activities', async (route) => {
    await route.fetch()
    await route.abort('aborted')
  })
  await tab.field('Your crud').fill(message)
  await tab.presses('Crud')
  await tab.sees(tab.main.getByRole('alert'))
  expect(await storedRows(message)).toHaveLength(1)

  await tab.page.unroute('**/api/activities')
  await tab.presses('Crud')
  await seesSaved(tab, message)
  expect(await storedRows(message)).toHaveLength(1)

  await tab.field('Your crud').fill(message)
  await tab.presses('Crud')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  await expect.poll(() => storedRows(message)).toHaveLength(2)
})

test('without script, the same form sent three times stores one crud', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false })
  await tab.visits('/')
  const message = `Kettle ${crypto.randomUUID()}`
  const idempotency_key = await tab.page.locator('form.compose input[name=idempotency_key]').inputValue()
  const fields = { message, ttl: '1-hour', idempotency_key }
  await Promise.all([1, 2, 3].map(() => anna.submits('/', fields)))
  expect(await storedRows(message)).toHaveLength(1)
})
