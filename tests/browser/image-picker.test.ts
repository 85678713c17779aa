import { expect, test } from 'vitest'
import type { Activity } from '../../worker/contract/activity.ts'
import { openSite } from '../harness/site.ts'
import type { Actor } from '../support/actors/actors.ts'
import { changesProfile } from '../support/actors/change-profile.ts'
import { BUCKET_FAULT_HEADER } from '../support/faults/faulty-bucket.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import {
  addsImages,
  describesImages,
  descriptions,
  type ImageFile,
  photo,
  photos,
  picker,
  screenshots,
  uploaded,
} from './support/images.ts'
import { hasFocus, pressesKeys, seesFocus } from './support/keyboard.ts'
import { navLink } from './support/navigation.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'
import { axeViolations, smallTouchTargets } from './support/page-checks.ts'
import type { Tab } from './support/tab.ts'

const site = await openSite({ liftLimits: true, faultyBucket: true })
const browser = await openBrowser(site)

const UPLOADS = '**/api/images'
const form = (tab: Tab) => tab.main.getByRole('form', { name: 'Your crud' })
const tool = (tab: Tab, name: string) => tab.main.getByRole('button', { name, exact: true })

async function opensComposer(who: Actor): Promise<Tab> {
  const tab = await browser.tab({ as: who, viewport: PHONE })
  await tab.opens('/')
  return tab
}

const altsOf = async (who: Actor, text: string): Promise<string[] | undefined> => {
  const { data } = (await who.get(`/api/users/@${who.handle}/activities`)).body as { data: Activity[] }
  return data.find(({ message }) => message === text)?.images.map(({ alt }) => alt)
}

/** Pastes or drops files on the text box, and a text with them. */
async function transfers(tab: Tab, how: 'paste' | 'drop', files: ImageFile[], text?: string): Promise<void> {
  const contents = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }))
  await tab.field('Your crud').evaluate(
    (box, { how, contents, text }) => {
      const data = new DataTransfer()
      if (text) data.setData('text/plain', text)
      for (const { name, mimeType, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        data.items.add(new File([bytes], name, { type: mimeType }))
      }
      const options = { bubbles: true, cancelable: true }
      if (how === 'paste') box.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }))
      else {
        box.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: data }))
        box.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: data }))
      }
    },
    { how, contents, text },
  )
}

test('an upload that was cut off is retried; the words and the other picture stay', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  const text = uniqueText('Cut off')
  await tab.fills({ 'Your crud': text })
  await addsImages(tab, [await photo('one.jpg')])
  await tab.page.route(UPLOADS, (route) => route.abort('aborted'))
  await picker(tab.main).setInputFiles(await photo('two.jpg'))
  await describesImages(tab.main, ['the first', 'the second'])
  await tab.sees('Cruddur can’t be reached right now. Try again in a moment.')
  await screenshots(tab, 'images-cut-off')
  expect(await axeViolations(tab)).toEqual([])
  expect(await smallTouchTargets(tab)).toEqual([])
  await tab.presses('Crud')
  await seesFocus(tool(tab, 'Try again, picture 2'))
  expect(await altsOf(anna, text)).toBeUndefined()

  await tab.page.unroute(UPLOADS)
  await pressesKeys(tab, 'Enter')
  await uploaded(tab.main)
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['the first', 'the second'])
})

test.each(['images', 'put'])('while the service %s fails, the picture says so, and a retry works', async (fault) => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  tab.expects(503)
  await tab.page.route(UPLOADS, (route) =>
    route.continue({ headers: { ...route.request().headers(), [BUCKET_FAULT_HEADER]: fault } }),
  )
  await picker(tab.main).setInputFiles(await photo())
  await tab.sees('Pictures aren’t available right now. Try again in a moment.')
  await tab.page.unroute(UPLOADS)
  await tool(tab, 'Try again, picture 1').click()
  await uploaded(tab.main)
  await tab.doesNotSee('Pictures aren’t available right now. Try again in a moment.')
})

test('Crud waits for the uploads, says so, and sends once they are done', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await tab.page.route(UPLOADS, async (route) => {
    await held
    await route.continue()
  })
  const text = uniqueText('Patience')
  await tab.fills({ 'Your crud': text })
  await picker(tab.main).setInputFiles(await photos(2))
  await tab.main.getByRole('progressbar', { name: 'Uploading picture 2' }).waitFor()
  await describesImages(tab.main, ['one', 'two'])
  await tab.presses('Crud')
  await tab.sees('It goes out as soon as the pictures are uploaded.')
  await screenshots(tab, 'images-waiting')
  release()
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['one', 'two'])
})

test('a picture without a description is not sent unless the setting is off', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  const text = uniqueText('Wordless')
  await tab.fills({ 'Your crud': text })
  await addsImages(tab, [await photo()])
  await tab.sees(tab.main.getByText(/^Each picture needs a description/))
  await tab.presses('Crud')
  await tab.sees('Please describe each picture.')
  await seesFocus(tab.field('Description of picture 1'))
  await tab.fills({ 'Description of picture 1': 'x'.repeat(1_001) })
  await tab.sees('1 over')
  await tab.presses('Crud')
  await tab.sees('A description can have 1,000 characters.')
  expect(await altsOf(anna, text)).toBeUndefined()

  await changesProfile(anna, { alt_required: false })
  await tab.page.reload()
  await tab.waitsForHydration()
  await tab.sees(tab.main.getByText(/^A description is up to you/))
  await tab.fills({ 'Description of picture 1': '' })
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual([''])
})

test.each(['paste', 'drop'] as const)('pictures are added by %s', async (how) => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  await picker(tab.main).waitFor({ state: 'attached' })
  await transfers(tab, how, await photos(2))
  await expect.poll(() => descriptions(tab.main).count()).toBe(2)
  await uploaded(tab.main)
})

test('a pasted text stays a text, though the clipboard has its picture too', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  await picker(tab.main).waitFor({ state: 'attached' })
  await transfers(tab, 'paste', await photos(1), 'a table')
  // Later than a picture would have been added.
  await transfers(tab, 'paste', await photos(1))
  await expect.poll(() => descriptions(tab.main).count()).toBe(1)
  await uploaded(tab.main)
  expect(await descriptions(tab.main).count()).toBe(1)
})

test('pictures are reordered and removed by keyboard; the focus stays, and the order is what is posted', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  const text = uniqueText('In order')
  await tab.fills({ 'Your crud': text })
  await addsImages(tab, await photos(4))
  await describesImages(tab.main, ['a', 'b', 'c', 'd'])
  const order = () =>
    descriptions(tab.main).evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value))
  await tool(tab, 'Move picture 2 up').focus()
  await pressesKeys(tab, 'Enter')
  await expect.poll(order).toEqual(['b', 'a', 'c', 'd'])
  expect(await hasFocus(tool(tab, 'Move picture 1 up'))).toBe(true)
  await pressesKeys(tab, 'Enter')
  await tab.field('Description of picture 1').focus()
  await pressesKeys(tab, 'Alt+ArrowDown', 'Alt+ArrowDown')
  await expect.poll(order).toEqual(['a', 'c', 'b', 'd'])
  expect(await hasFocus(tab.field('Description of picture 3'))).toBe(true)
  await tool(tab, 'Remove picture 4').focus()
  await pressesKeys(tab, 'Enter')
  await seesFocus(tool(tab, 'Remove picture 3'))
  await tab.presses('Crud')
  await seesSaved(tab, text)
  expect(await altsOf(anna, text)).toEqual(['a', 'c', 'b'])
})

test('a picture is dragged to another place', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  await addsImages(tab, await photos(3))
  await describesImages(tab.main, ['a', 'b', 'c'])
  const previews = form(tab).locator('.image-preview')
  await previews.first().scrollIntoViewIfNeeded()
  const [from, to] = [await previews.first().boundingBox(), await previews.last().boundingBox()]
  if (!from || !to) throw new Error('no previews')
  await tab.page.mouse.move(from.x + 40, from.y + 40)
  await tab.page.mouse.down()
  await tab.page.mouse.move(to.x + 40, to.y + to.height, { steps: 12 })
  await tab.page.mouse.up()
  const order = () =>
    descriptions(tab.main).evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value))
  await expect.poll(order).toEqual(['b', 'c', 'a'])
})

test('more than four, and files that are no pictures, are refused with their reason', async () => {
  const anna = await site.actors.join('anna')
  const tab = await opensComposer(anna)
  await addsImages(tab, await photos(3))
  await picker(tab.main).setInputFiles(await photos(3))
  await tab.sees('Only 4 pictures fit, so 2 were left out.')
  await expect.poll(() => descriptions(tab.main).count()).toBe(4)
  await uploaded(tab.main)
  for (let left = 4; left > 0; left -= 1) {
    await tool(tab, `Remove picture ${left}`).click()
    await expect.poll(() => descriptions(tab.main).count()).toBe(left - 1)
  }

  tab.expects(422)
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
  const wrong: [ImageFile, string][] = [
    [
      { name: 'a.svg', mimeType: 'image/svg+xml', buffer: svg },
      'We can’t use that file. Choose a JPEG, PNG, WebP or GIF.',
    ],
    [{ name: 'a.png', mimeType: 'image/png', buffer: svg }, 'We can’t use that file. Choose a JPEG, PNG, WebP or GIF.'],
    [
      { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('\xff\xd8\xff', 'latin1') },
      'This picture is damaged. Please try another.',
    ],
  ]
  for (const [file, sentence] of wrong) {
    await picker(tab.main).setInputFiles(file)
    await tab.sees(sentence)
    // Another file takes its place, with its description.
    await tab.fills({ 'Description of picture 1': 'kept' })
    await tab.main.getByLabel('Choose again, picture 1').setInputFiles(await photo())
    await uploaded(tab.main)
    await tab.doesNotSee(sentence)
    expect(await tab.field('Description of picture 1').inputValue()).toBe('kept')
    await tool(tab, 'Remove picture 1').click()
    await seesFocus(picker(tab.main))
  }
  await picker(tab.main).evaluate((input: HTMLInputElement) => {
    const files = new DataTransfer()
    files.items.add(new File([new Uint8Array(10_485_761)], 'a.jpg', { type: 'image/jpeg' }))
    input.files = files.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await tab.sees('This picture is larger than 10 MB. Please try a smaller one.')
})

test('an upload goes on while the form over a page is closed, and is there when it is opened again', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna, viewport: PHONE })
  await tab.opens('/settings')
  await tab.page.locator('.shortcut-sheet').waitFor({ state: 'attached' })
  const sheet = tab.page.getByRole('dialog', { name: 'New crud' })
  await navLink(tab, 'Crud').click()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await tab.page.route(UPLOADS, async (route) => {
    await held
    await route.continue()
  })
  await picker(sheet).setInputFiles(await photo())
  await sheet.getByRole('progressbar').waitFor()
  await screenshots(tab, 'images-sheet')
  await pressesKeys(tab, 'Escape')
  await sheet.waitFor({ state: 'detached' })
  const answered = tab.page.waitForResponse(UPLOADS)
  release()
  await answered
  await navLink(tab, 'Crud').click()
  await uploaded(sheet)
  await describesImages(sheet, ['from the sheet'])
  const text = uniqueText('Over the page')
  await sheet.getByRole('textbox', { name: 'Your crud' }).fill(text)
  await sheet.getByRole('button', { name: 'Crud', exact: true }).click()
  await sheet.waitFor({ state: 'detached' })
  expect(await altsOf(anna, text)).toEqual(['from the sheet'])
})
