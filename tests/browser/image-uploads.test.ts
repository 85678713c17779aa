import { describe, expect, test } from 'vitest'
import type { Activity } from '../../worker/contract/activity.ts'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { postsImages } from '../support/actors/images.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { addsImages, describesImages, descriptions, photos, picker, screenshots } from './support/images.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite({ liftLimits: true })
const browser = await openBrowser(site)

const ALTS = ['a harbour at dusk', 'two herons', 'a kettle', 'the tide tables']

const latestOf = async (who: Actor): Promise<Activity> =>
  (await who.get(`/api/users/@${who.handle}/activities`)).body.data[0]

/** Adds four images with their descriptions, with script or without. */
async function addsFour(tab: Tab, scripted: boolean): Promise<void> {
  const files = await photos(4)
  if (scripted) await addsImages(tab, files)
  else {
    await tab.main.getByRole('checkbox', { name: 'Add pictures' }).check({ force: true })
    for (const [i, file] of files.entries()) {
      await tab.main.getByLabel(`Picture ${i + 1}`, { exact: true }).setInputFiles(file)
    }
  }
  await describesImages(tab.main, ALTS)
}

describe.each([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
])('on %s', (device, viewport) => {
  test.each(WITH_AND_WITHOUT_SCRIPT)(
    'four images are posted %s, seen by another with their descriptions, deleted and gone',
    async (how, scripted) => {
      const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
      const tab = await browser.tab({ as: anna, viewport, javaScriptEnabled: scripted })
      await opensPage(tab, '/', scripted)
      const text = uniqueText('Seen today')
      await tab.fills({ 'Your crud': text })
      await addsFour(tab, scripted)
      if (scripted) expect(await axeViolations(tab)).toEqual([])
      if (scripted && viewport === PHONE) expect(await smallTouchTargets(tab)).toEqual([])
      expect(await overflowingElements(tab)).toEqual([])
      await screenshots(tab, `images-compose-${device}-${how}`)
      await tab.presses('Crud')
      if (scripted) await seesSaved(tab, text)
      else await tab.sees(tab.crud(text))
      expect(await descriptions(tab.main).count()).toBe(scripted ? 0 : 4)

      const { uuid, images } = await latestOf(anna)
      const path = `/@${anna.handle}/status/${uuid}`
      const other = await browser.tab({ as: ben, viewport, javaScriptEnabled: scripted })
      await opensPage(other, path, scripted)
      const tree = await other.crud(text).ariaSnapshot()
      for (const alt of ALTS) expect(tree).toContain(`img "${alt}"`)
      for (const { url } of images) expect((await fetch(new URL(url, site.origin))).status).toBe(200)

      // Also of a poll.
      other.expects(410)
      await opensPage(tab, `${path}/put-out`, scripted)
      await tab.presses('Delete now')
      await tab.comesTo('/')
      await tab.doesNotSee(tab.crud(text))
      await other.visits(path, 410)
      for (const { url } of images) {
        await expect.poll(async () => (await fetch(new URL(url, site.origin))).status).toBe(410)
      }
    },
  )

  test('the picker takes the place of the fields without script, and nothing moves', async () => {
    const anna = await site.actors.join('anna')
    await anna.posts(uniqueText('Below'))
    const tab = await browser.tab({ as: anna, viewport })
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    await tab.page.route('**/assets/ImagePicker*.js', async (route) => {
      await held
      await route.continue()
    })
    await tab.opens('/')
    const positions = () =>
      Promise.all(
        ['.image-button', '.compose-footer .button', '.activity'].map((one) =>
          tab.main.locator(one).first().boundingBox(),
        ),
      )
    // The preview of the expiry is another text with script, in one line or two.
    await tab.sees(tab.main.getByText(/^Gone [A-Z]/).locator('visible=true'))
    const before = await positions()
    release()
    await picker(tab.main).waitFor({ state: 'attached' })
    expect(await positions()).toEqual(before)
  })
})

test('a crud on its way shows its images, which stay when it is saved', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const text = uniqueText('On its way')
  await tab.fills({ 'Your crud': text })
  await addsImages(tab, await photos(2))
  await describesImages(tab.main, ALTS.slice(0, 2))
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await tab.page.route('**/api/activities', async (route) => {
    await held
    await route.continue()
  })
  await tab.presses('Crud')
  await tab.sees(tab.crud(text).getByRole('img', { name: 'two herons' }))
  expect(await descriptions(tab.main).count()).toBe(0)
  release()
  await seesSaved(tab, text)
  await tab.sees(tab.crud(text).getByRole('img', { name: 'two herons' }))
})

test('a reply has images too, with script and without', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const crud = await anna.posts(uniqueText('Who has seen it?'))
  const path = `/@${anna.handle}/status/${crud.uuid}`
  for (const [, scripted] of WITH_AND_WITHOUT_SCRIPT) {
    const tab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, path, scripted)
    const text = uniqueText('I have')
    await tab.fills({ 'Your reply': text })
    if (scripted) await addsImages(tab, await photos(1))
    else {
      await tab.main.getByRole('checkbox', { name: 'Add pictures' }).check({ force: true })
      await tab.main.getByLabel('Picture 1', { exact: true }).setInputFiles((await photos(1))[0] ?? [])
    }
    await describesImages(tab.main, ['a heron'])
    await tab.presses('Reply')
    await tab.sees(tab.crud(text).getByRole('img', { name: 'a heron' }))
  }
})

test('delete and rewrite says that the picture stays, and keeps it', async () => {
  const anna = await site.actors.join('anna')
  const crud = await postsImages(anna)
  const tab = await browser.tab({ as: anna })
  await tab.opens(`/@${anna.handle}/status/${crud.uuid}/rewrite`)
  await tab.sees(tab.main.getByText(/Its picture stays\.$/))
  expect(await picker(tab.main).count()).toBe(0)
  const text = uniqueText('Said better')
  await tab.fills({ 'Your crud': text })
  await tab.presses('Rewrite')
  await tab.sees(tab.crud(text).getByRole('img', { name: 'a harbour at dusk' }))
})

test('without script, a refused form shows what was uploaded, and posts it the next time', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: false })
  await tab.visits('/')
  await addsFour(tab, false)
  tab.expects(422)
  await tab.presses('Crud')
  await tab.sees('Write a word or two first.')
  await tab.sees(tab.main.getByRole('checkbox', { name: 'Remove picture 4' }))
  expect(await tab.field('Description of picture 2').inputValue()).toBe('two herons')
  await screenshots(tab, 'images-refused')
  const text = uniqueText('With words')
  await tab.fills({ 'Your crud': text })
  await tab.main.getByRole('checkbox', { name: 'Remove picture 1' }).check()
  await tab.presses('Crud')
  await tab.sees(tab.crud(text).getByRole('img', { name: 'two herons' }))
  expect((await latestOf(anna)).images.map(({ alt }) => alt)).toEqual(ALTS.slice(1))
})

test('if the code of the picker does not load, the fields without script work', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.page.route('**/assets/ImagePicker*.js', (route) => route.abort('aborted'))
  await tab.opens('/')
  const text = uniqueText('All the same')
  await tab.fills({ 'Your crud': text })
  await addsFour(tab, false)
  await tab.presses('Crud')
  await tab.sees(tab.crud(text).getByRole('img', { name: 'two herons' }))
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
})
