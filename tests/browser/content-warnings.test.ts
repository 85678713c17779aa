import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { warns } from '../support/actors/actions.ts'
import { changesProfile } from '../support/actors/change-profile.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { seesSaved, uniqueText } from './support/page-actions.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

const site = await openSite()
const browser = await openBrowser(site)

const warningField = (tab: Tab) => tab.main.getByRole('textbox', { name: 'Content warning' })
/** What folds the field. */
const fieldFold = (tab: Tab) => tab.main.locator('.warning-field > summary')
/** What folds the text of the card with a warning. */
const fold = (tab: Tab, warning: string) => tab.main.locator('summary').filter({ hasText: warning })

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a crud and a reply with a warning fold until a reader opens them',
  async (_, scripted) => {
    const anna = await site.actors.join('anna')
    const [message, answer] = [uniqueText('The butler did it'), uniqueText('Indeed he did')]
    const [spoiler, another] = [uniqueText('Spoiler'), uniqueText('Another')]
    const tab = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, '/', scripted)
    await tab.field('Your crud').fill(message)
    await fieldFold(tab).click()
    await warningField(tab).fill(spoiler)
    await tab.presses('Crud')
    await seesSaved(tab, spoiler)
    await tab.doesNotSee(tab.main.getByText(message))

    const [crud] = (await anna.get(`/api/users/@${anna.handle}/activities`)).body.data
    await opensPage(tab, `/@${anna.handle}/status/${crud.uuid}`, scripted)
    await tab.field('Your reply').fill(answer)
    await fieldFold(tab).click()
    await warningField(tab).fill(another)
    await tab.presses('Reply')
    // Saved, it is another card, which is folded.
    await seesSaved(tab, another)
    await fold(tab, another).click()
    await tab.sees(tab.main.getByText(answer))
    await tab.doesNotSee(tab.main.getByText(message))
    await fold(tab, spoiler).click()
    await tab.sees(tab.main.getByText(message))
  },
)

test('the field opens with the focus in it, Enter does not send, and it is empty and folded after sending', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const [message, spoiler] = [uniqueText('The butler'), uniqueText('Spoiler')]
  await tab.field('Your crud').fill(message)
  await fieldFold(tab).focus()
  await tab.page.keyboard.press('Enter')
  await seesFocus(warningField(tab))
  await tab.page.keyboard.type(spoiler)
  await tab.page.keyboard.press('Enter')
  expect(await tab.field('Your crud').inputValue()).toBe(message)
  await tab.page.keyboard.press('Control+Enter')
  await seesFocus(tab.field('Your crud'))
  await fold(tab, spoiler).waitFor()
  await tab.doesNotSee(warningField(tab))
  await fieldFold(tab).click()
  expect(await warningField(tab).inputValue()).toBe('')
})

test('a draft keeps its warning, also while it is being sent, until it is accepted', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const spoiler = uniqueText('Spoiler')
  await tab.field('Your crud').fill(uniqueText('The butler'))
  await fieldFold(tab).click()
  await warningField(tab).fill(spoiler)
  const reloads = async () => {
    await tab.page.reload()
    await tab.waitsForHydration()
  }
  await reloads()
  await expect.poll(() => warningField(tab).inputValue()).toBe(spoiler)

  // The request never arrives.
  await tab.page.route('**/api/activities', () => {})
  await tab.presses('Crud')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  await tab.field('Your crud').fill('Something else')
  await reloads()
  await tab.page.unroute('**/api/activities')
  await expect.poll(() => tab.field('Your crud').inputValue()).toMatch(/^The butler.*\nSomething else$/)
  expect(await warningField(tab).inputValue()).toBe(spoiler)
  await tab.presses('Crud')
  await fold(tab, spoiler).waitFor()
  await expect
    .poll(() => tab.page.evaluate(() => Object.keys(localStorage).filter((key) => /^draft/.test(key))))
    .toEqual([])
})

test('what could not be sent comes back with its warning, before one that was typed since', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  const [message, spoiler] = [uniqueText('The butler'), uniqueText('Spoiler')]
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  await tab.page.route('**/api/activities', async (route) => {
    await answered
    await route.abort('aborted')
  })
  await tab.field('Your crud').fill(message)
  await fieldFold(tab).click()
  await warningField(tab).fill(spoiler)
  await tab.presses('Crud')
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe('')
  await fieldFold(tab).click()
  await warningField(tab).fill('Blood')
  answer()
  await expect.poll(() => tab.field('Your crud').inputValue()).toBe(message)
  expect(await warningField(tab).inputValue()).toBe(`${spoiler}, Blood`)

  await tab.page.unroute('**/api/activities')
  await warningField(tab).fill(spoiler)
  await tab.presses('Crud')
  await seesSaved(tab, spoiler)
  expect((await anna.get(`/api/users/@${anna.handle}/activities`)).body.data).toMatchObject([
    { message, warning: spoiler },
  ])
})

test('a warning that is too long is refused in its field, and not counted as such once it is shorter', async () => {
  const anna = await site.actors.join('anna')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/')
  await tab.field('Your crud').fill('The butler')
  await fieldFold(tab).click()
  await warningField(tab).fill('🧯'.repeat(61))
  await tab.presses('Crud')
  const refusal = 'Up to 60 characters fit. Please shorten the warning.'
  await tab.sees(refusal)
  await seesFocus(warningField(tab))
  expect(await descriptionOf(warningField(tab))).toContain(refusal)
  expect(await tab.field('Your crud').inputValue()).toBe('The butler')
  await warningField(tab).fill('🧯'.repeat(60))
  await tab.doesNotSee(tab.main.getByText(refusal))
  await tab.presses('Crud')
  await seesSaved(tab, '🧯'.repeat(60))
})

test('opening a warning does not open the page of the card, and the setting opens all of them', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const message = uniqueText('The butler did it')
  await warns(ben, message, 'Spoiler')
  const tab = await browser.tab({ as: anna })
  await tab.opens('/?feed=everyone')
  const spoiler = tab.main.getByRole('article').filter({ hasText: message }).locator('summary')
  await spoiler.click()
  await tab.sees(tab.main.getByText(message))
  expect(tab.path).toBe('/?feed=everyone')
  await spoiler.click()
  await tab.doesNotSee(tab.main.getByText(message))

  await tab.goesTo('Settings')
  await tab.main.getByRole('checkbox', { name: 'Always open them' }).check()
  await tab.presses('Save content warnings')
  await tab.sees('Saved.')
  await tab.goesTo('Home')
  await tab.follows('Everyone')
  await tab.sees(tab.main.getByText(message))
})

test('without script, a reply with a warning opens within its notification', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  const message = uniqueText('Indeed he did')
  const { uuid } = await anna.posts('Who did it?')
  await ben.post(`/api/activities/${uuid}/replies`, { message, warning: 'Spoiler' })
  const tab = await browser.tab({ as: anna, javaScriptEnabled: false })
  await tab.visits('/notifications')
  await tab.doesNotSee(tab.main.getByText(message))
  await fold(tab, 'Spoiler').click()
  await tab.sees(tab.main.getByText(message))
  expect(tab.path).toBe('/notifications')
})

test('opened and folded, cards and forms have no accessibility violation, small target or overflow', async () => {
  const [anna, ben] = [await site.actors.join('anna'), await site.actors.join('ben')]
  await warns(ben, 'It was the butler', 'A warning of sixty characters takes more than a line here ok')
  await changesProfile(anna, { open_warnings: true })
  for (const as of [anna, ben]) {
    for (const colorScheme of ['dark', 'light'] as const) {
      const tab = await browser.tab({ as, viewport: { width: 320, height: 700 }, colorScheme })
      await tab.opens('/?feed=everyone')
      await tab.field('Your crud').focus()
      await fieldFold(tab).click()
      await warningField(tab).fill('x'.repeat(60))
      expect(await axeViolations(tab)).toEqual([])
      expect(await smallTouchTargets(tab)).toEqual([])
      expect(await overflowingElements(tab)).toEqual([])
    }
  }
})
