import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { openBrowser } from './support/browser.ts'
import { reloads, seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const words = (tab: Tab) => tab.field('Your crud').inputValue()

test('two tabs have a draft each; neither is lost on reload, nor when both are closed', async () => {
  const anna = await site.actors.join('anna')
  const [one, two] = [uniqueText('Of the first tab'), uniqueText('Of the second tab')]
  const first = await browser.tab({ as: anna })
  await first.opens('/')
  await first.fills({ 'Your crud': one })
  const second = await first.newTab()
  await second.opens('/')
  expect(await words(second)).toBe('')
  await second.fills({ 'Your crud': two })

  for (const tab of [first, second]) {
    await reloads(tab)
    await tab.waitsForHydration()
  }
  expect([await words(first), await words(second)]).toEqual([one, two])

  const third = await first.newTab()
  await first.page.close()
  await second.page.close()
  // The newest is offered first; once it is sent, the other.
  await third.opens('/')
  await expect.poll(() => words(third)).toBe(two)
  const fourth = await third.newTab()
  await fourth.opens('/')
  await expect.poll(() => words(fourth)).toBe(one)
  await fourth.page.close()
  await third.presses('Crud')
  await seesSaved(third, two)
  await reloads(third)
  await third.waitsForHydration()
  await expect.poll(() => words(third)).toBe(one)
})

test('what is sent in one tab leaves the draft of the other', async () => {
  const anna = await site.actors.join('anna')
  const [one, two] = [uniqueText('Sent'), uniqueText('Kept')]
  const first = await browser.tab({ as: anna })
  await first.opens('/')
  const second = await first.newTab()
  await second.opens('/')
  await first.fills({ 'Your crud': one })
  await second.fills({ 'Your crud': two })
  await first.presses('Crud')
  await seesSaved(first, one)
  await reloads(second)
  await second.waitsForHydration()
  expect(await words(second)).toBe(two)
})
