import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { replies } from '../support/actors/actions.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { pressesKeys, seesFocus } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { reloads, uniqueText, visibleTexts } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'
import { writesReply } from './support/user-journey.ts'

const site = await openSite()
const browser = await openBrowser(site)

/** A crud with replies of replies, five levels deep, and a second direct reply. */
async function startsThread() {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const texts = ['Root', 'First', 'Below first', 'Third level', 'Fourth level', 'Fifth level', 'Second'].map(uniqueText)
  const [
    rootText = '',
    firstText = '',
    belowText = '',
    thirdText = '',
    fourthText = '',
    fifthText = '',
    secondText = '',
  ] = texts
  const root = await anna.posts(rootText, '1-day')
  const first = await replies(ben, root, firstText)
  const below = await replies(anna, first, belowText)
  const third = await replies(ben, below, thirdText)
  const fourth = await replies(anna, third, fourthText)
  await replies(ben, fourth, fifthText)
  const second = await replies(ben, root, secondText)
  const path = `/@${anna.handle}/status/${root.uuid}`
  const levels = [firstText, belowText, thirdText, fourthText]
  return {
    anna,
    ben,
    path,
    second,
    third,
    fourth,
    below,
    firstText,
    belowText,
    thirdText,
    fifthText,
    secondText,
    levels,
    texts,
  }
}

const textLeft = async (tab: Tab, text: string) => (await tab.crud(text).getByText(text).boundingBox())?.x ?? 0
const textWidth = async (tab: Tab, text: string) => (await tab.crud(text).getByText(text).boundingBox())?.width ?? 0

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: replies of replies are below and further in than what they answer, to a depth of four, in one request',
  async (_, scripted) => {
    const thread = await startsThread()
    const { levels, fifthText, secondText, texts, fourth, anna } = thread
    const tab = await browser.tab({ as: thread.anna, javaScriptEnabled: scripted })
    const reads: string[] = []
    tab.page.on('request', (request) => /\/replies/.test(request.url()) && reads.push(request.url()))
    await opensPage(tab, thread.path, scripted)
    const region = tab.main.getByRole('region', { name: 'Replies' })
    expect(await visibleTexts(tab, texts, region)).toEqual([...levels, secondText])
    const lefts = await Promise.all(levels.map((text) => textLeft(tab, text)))
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
    expect(new Set(lefts).size).toBe(4)
    expect(await textLeft(tab, secondText)).toBe(lefts[0])
    expect(reads).toEqual([])

    await region.getByRole('link', { name: 'Show more replies' }).click()
    await tab.comesTo(`/@${anna.handle}/status/${fourth.uuid}`)
    await tab.sees(tab.crud(fifthText))
    expect(await visibleTexts(tab, texts)).toEqual([...texts.slice(0, 6)])
    const top = async () => (await tab.crud(fourth.message).boundingBox())?.y ?? -1
    await expect.poll(top).toBeGreaterThanOrEqual(0)
    // The page may be too short for it to be at the top; unscrolled it would be at about 700.
    await expect.poll(top).toBeLessThan(300)
  },
)

test('on a phone of 360 px, nested replies have as much room for text as others', async () => {
  const { anna, path, firstText, thirdText } = await startsThread()
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(path)
  expect(await textWidth(tab, thirdText)).toBeGreaterThanOrEqual(await textWidth(tab, firstText))
  expect(await overflowingElements(tab)).toEqual([])
  expect(await smallTouchTargets(tab)).toEqual([])
  expect(await axeViolations(tab)).toEqual([])
})

test('j and k go through a thread in its order', async () => {
  const { anna, path, firstText, fourth, levels, secondText } = await startsThread()
  const tab = await browser.tab({ as: anna })
  await tab.opens(path)
  await tab.page.locator('dialog.shortcut-sheet').waitFor({ state: 'attached' })
  await tab.crud(firstText).focus()
  for (const text of [...levels.slice(1), secondText]) {
    await pressesKeys(tab, 'j')
    await seesFocus(tab.crud(text))
  }
  await pressesKeys(tab, 'k')
  await seesFocus(tab.crud(fourth.message))
})

test('a reply to a reply is in the thread on return, and gone with its parent', async () => {
  const { anna, ben, path, below, second, firstText, belowText, secondText, texts } = await startsThread()
  const tab = await browser.tab({ as: anna })
  await tab.opens(path)
  await tab.crud(secondText).getByRole('link', { name: 'Reply', exact: true }).click()
  await tab.comesTo(`/@${ben.handle}/status/${second.uuid}`)
  await tab.sees(tab.heading('Crud'))
  const added = uniqueText('Below second')
  await writesReply(tab, added)
  await tab.page.goBack()
  await tab.comesTo(path)
  await tab.sees(tab.crud(added))
  const all = [...texts, added]
  await expect.poll(async () => (await visibleTexts(tab, all)).at(-1)).toBe(added)
  expect(await textLeft(tab, added)).toBe(await textLeft(tab, belowText))

  await site.db.sql('update activities set expires_at = now() where uuid = $1', [below.uuid])
  await reloads(tab)
  await tab.doesNotSee(tab.crud(belowText))
  await tab.sees(tab.crud(added))
  expect(await visibleTexts(tab, all)).toEqual([texts[0], firstText, secondText, added])
})

test('signed out, the thread is the same', async () => {
  const { path, levels, secondText, texts } = await startsThread()
  const tab = await browser.tab({ viewport: PHONE })
  await tab.visits(path)
  expect(await visibleTexts(tab, texts)).toEqual([texts[0], ...levels, secondText])
})

test('large type is for top-level cruds, in feeds and on their own page, on a phone a step smaller', async () => {
  const { anna, ben, path, firstText, texts, third } = await startsThread()
  const tab = await browser.tab({ as: anna })
  const size = (text = '') =>
    tab
      .crud(text)
      .getByText(text)
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  await tab.opens(path)
  expect(await size(texts[0])).toBe(36)
  expect(await size(firstText)).toBe(17)
  await tab.opens(`/@${ben.handle}/status/${third.uuid}`)
  expect(await size(texts[0])).toBe(17)
  expect(await size(third.message)).toBe(17)
  await tab.opens('/?feed=everyone')
  expect(await size(texts[0])).toBe(28)
  await tab.page.setViewportSize(PHONE)
  expect(await size(texts[0])).toBe(24)
  await tab.opens('/notifications')
  expect(await size(firstText)).toBe(17)
})

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: the time left says when it was posted, on hover and in its name',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const { message } = await anna.posts(uniqueText('When was this?'))
    const tab = await browser.tab({ as: anna, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    const moment = scripted ? /Open,.*Posted today, \d/ : /Open,.*Posted \d+ \w+, \d\d:\d\d UTC/
    await tab.sees(tab.crud(message).getByRole('link', { name: moment }))
    const tip = tab.crud(message).getByText(/^Posted/)
    const clip = () => tip.evaluate((element) => getComputedStyle(element).clipPath)
    expect(await clip()).not.toBe('none')
    await tab.crud(message).locator('.time-left time').hover()
    await expect.poll(clip).toBe('none')
  },
)
