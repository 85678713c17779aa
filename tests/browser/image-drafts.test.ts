import { expect, test } from 'vitest'
import type { Activity } from '../../worker/contract/activity.ts'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { addsImages, describesImages, descriptions, photo, photos, picker, uploaded } from './support/images.ts'
import { holdsRequests } from './support/navigation.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite({ liftLimits: true })
const browser = await openBrowser(site)

const GONE = 'A picture waited too long and is gone. Please add it again.'
const ATTACHED = 'A picture is already part of another crud. Please add it again.'

const altsOf = async (who: Actor, text: string): Promise<string[] | undefined> => {
  const { data } = (await who.get(`/api/users/@${who.handle}/activities`)).body as { data: Activity[] }
  return data.find(({ message }) => message === text)?.images.map(({ alt }) => alt)
}

const shownAlts = (tab: Tab) =>
  descriptions(tab.main).evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value))

async function startsCrud(who: Actor, text: string, alts: string[]): Promise<Tab> {
  const tab = await browser.tab({ as: who, viewport: PHONE })
  await tab.opens('/')
  await tab.fills({ 'Your crud': text })
  await addsImages(tab, await photos(alts.length))
  await describesImages(tab.main, alts)
  return tab
}

const reloads = async (tab: Tab) => {
  await tab.page.reload()
  await tab.waitsForHydration()
}

test('a draft keeps its uploaded pictures, their order and descriptions over a reload, until it is sent', async () => {
  const anna = await site.actors.join('anna')
  const text = uniqueText('Kept')
  const tab = await startsCrud(anna, text, ['one', 'two'])
  await tab.main.getByRole('button', { name: 'Move picture 2 up' }).click()
  await reloads(tab)
  await expect.poll(() => shownAlts(tab)).toEqual(['two', 'one'])
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['two', 'one'])
  await reloads(tab)
  expect(await tab.field('Your crud').inputValue()).toBe('')
  await picker(tab.main).waitFor({ state: 'attached' })
  expect(await descriptions(tab.main).count()).toBe(0)
})

test('a crud that failed to send comes back with its pictures, also after a reload', async () => {
  const anna = await site.actors.join('anna')
  const text = uniqueText('Comes back')
  const tab = await startsCrud(anna, text, ['one', 'two'])
  await tab.page.route('**/api/activities', (route) => route.abort('aborted'))
  await tab.presses('Crud')
  await tab.sees('Not sent. It is kept here; try again.')
  await expect.poll(() => shownAlts(tab)).toEqual(['one', 'two'])
  await reloads(tab)
  await expect.poll(() => shownAlts(tab)).toEqual(['one', 'two'])
  await tab.page.unroute('**/api/activities')
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['one', 'two'])
})

test('pictures that waited for over an hour say that they are gone; others take their place', async () => {
  const anna = await site.actors.join('anna')
  const text = uniqueText('An hour later')
  const tab = await startsCrud(anna, text, ['one'])
  await tab.page.evaluate(() => {
    for (const [key, value] of Object.entries(localStorage)) {
      const hourAgo = (deadline: string) => String(Number(deadline) - 3_600_000)
      if (key.startsWith('draft ')) localStorage.setItem(key, value.replace(/(?<=\/)\d{13}(?=\/)/g, hourAgo))
    }
  })
  await reloads(tab)
  await tab.sees(GONE)
  await tab.presses('Crud')
  expect(await altsOf(anna, text)).toBeUndefined()
  await tab.main.getByLabel('Choose again, picture 1').setInputFiles(await photo())
  await uploaded(tab.main)
  expect(await shownAlts(tab)).toEqual(['one'])
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['one'])
})

test('two tabs send the same upload: one wins, the other says why and can upload it again', async () => {
  const anna = await site.actors.join('anna')
  const [first, second] = [uniqueText('First'), uniqueText('Second')]
  const tab = await startsCrud(anna, first, ['shared'])
  // A window that a page opens has its storage, and so its draft.
  const [popup] = await Promise.all([tab.page.waitForEvent('popup'), tab.page.evaluate(() => void open('/'))])
  const box = popup.getByRole('main').getByLabel('Your crud', { exact: true }).and(popup.locator('textarea'))
  await popup.getByLabel('Description of picture 1').waitFor()
  await box.fill(second)
  await popup.getByRole('main').getByRole('button', { name: 'Crud', exact: true }).click()
  await expect.poll(() => altsOf(anna, second)).toEqual(['shared'])

  tab.expects(409)
  await tab.presses('Crud')
  await tab.sees(ATTACHED)
  expect(await tab.field('Your crud').inputValue()).toBe(first)
  await tab.main.getByRole('button', { name: 'Try again, picture 1' }).click()
  await uploaded(tab.main)
  await tab.presses('Crud')
  await seesSaved(tab, first)
  expect(await altsOf(anna, first)).toEqual(['shared'])
})

test('a picture that is deleted elsewhere is refused with its reason, and uploaded again', async () => {
  const anna = await site.actors.join('anna')
  const text = uniqueText('Deleted elsewhere')
  const tab = await startsCrud(anna, text, ['one'])
  await site.db.sql('delete from activity_images using users where users.uuid = user_uuid and handle = $1', [
    anna.handle,
  ])
  tab.expects(422)
  await tab.presses('Crud')
  await tab.sees(tab.main.getByRole('alert').getByText(GONE, { exact: true }))
  await tab.main.getByRole('button', { name: 'Try again, picture 1' }).click()
  await uploaded(tab.main)
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['one'])
})

test('a reply to a crud that burnt out meanwhile is offered on its own, with its picture', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const crud = await ben.posts(uniqueText('Soon gone'))
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens(`/@${ben.handle}/status/${crud.uuid}`)
  const text = uniqueText('Too late')
  await tab.fills({ 'Your reply': text })
  await addsImages(tab, await photos(1))
  await describesImages(tab.main, ['a heron'])
  // A poll would learn of it before.
  await holdsRequests(tab, `**/api/activities/${crud.uuid}`)
  tab.expects(410)
  await ben.deletes(crud)
  await tab.presses('Reply')
  await tab.sees(tab.heading('It burnt out while you were writing'))
  await expect.poll(() => shownAlts(tab)).toEqual(['a heron'])
  await tab.presses('Crud')
  await tab.comesTo('/')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['a heron'])
})
