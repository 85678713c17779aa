import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { postImages, uploads } from '../support/actors/images.ts'
import { statementOf } from '../support/actors/reports.ts'
import { expectStatus } from '../support/assertions/expect-answer.ts'
import { testImages } from '../support/fixtures/images.ts'
import { DESKTOP, openBrowser, PHONE } from './support/browser.ts'
import { seesFocus } from './support/keyboard.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { axeViolations, overflowingElements, smallTouchTargets } from './support/page-checks.ts'
import { descriptionOf, type Tab } from './support/tab.ts'

const site = await openSite({ liftLimits: true })
const browser = await openBrowser(site)

const RULE = 'It insults, threatens or pursues somebody.'

/** Axe needs script. */
async function isInOrder(tab: Tab, scripted: boolean): Promise<void> {
  if (!scripted) return
  expect(await axeViolations(tab)).toEqual([])
  expect(await overflowingElements(tab)).toEqual([])
  expect(await smallTouchTargets(tab)).toEqual([])
}

// One for all tests: with two, each would have to leave appeals to the other.
const judge = await site.actors.join('judge')
await site.cognito.setGroups(judge.email, ['moderators'])
await judge.signsIn()

/** Opens the newest report in the queue. */
async function opensReport(tab: Tab, view: string, scripted: boolean): Promise<void> {
  await opensPage(tab, `/moderation?state=${view}`, scripted)
  await isInOrder(tab, scripted)
  await tab.main.getByRole('listitem').getByRole('link').last().click()
  await tab.sees(tab.page.getByRole('heading', { level: 1, name: /^Report .{14}$/ }))
  await isInOrder(tab, scripted)
}

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a report is decided, its author reads why and appeals, and gets an answer',
  { timeout: 90_000 },
  async (_, scripted) => {
    const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
    const { uuid } = await uploads(anna, await testImages.png())
    const activity = expectStatus(await postImages(anna, [uuid]), 201).body
    const [reporters, authors, moderators] = [
      await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted }),
      await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted, colorScheme: 'dark' }),
      await browser.tab({ as: judge, viewport: scripted ? PHONE : DESKTOP, javaScriptEnabled: scripted }),
    ]

    await opensPage(reporters, `/report?activity=${activity.uuid}`, scripted)
    reporters.expects(422)
    await reporters.presses('Send report')
    await reporters.sees('Pick what’s wrong with it.')
    await seesFocus(reporters.page.getByRole('radio').first())
    await reporters.page.getByRole('radio', { name: RULE }).check()
    const note = reporters.page.getByLabel('Anything that helps to judge it')
    expect(await descriptionOf(note)).toContain('Up to 1,024 characters')
    await note.fill('look at the image')
    await isInOrder(reporters, scripted)
    await reporters.presses('Send report')
    await reporters.sees('Your report has arrived. A moderator will look at it.')

    await opensReport(moderators, 'open', scripted)
    await moderators.sees('look at the image')
    const image = moderators.main.getByRole('img', { name: 'a harbour at dusk' })
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(64)
    await moderators.page.getByRole('radio', { name: 'Put it out' }).check()
    await moderators.page.getByLabel('Why, in your words').fill('It insults.')
    await moderators.presses('Decide')
    await moderators.sees('Put out. It insults.')

    await reporters.visits('/notifications')
    await reporters.page.getByRole('link', { name: 'See the answer' }).click()
    await reporters.sees(reporters.main.getByText('A moderator acted on your report.'))
    await reporters.sees(reporters.main.getByText(RULE))

    const statement = `/statements/${await statementOf(anna)}`
    await opensPage(authors, statement, scripted)
    await authors.sees('It insults.')
    await isInOrder(authors, scripted)
    await authors.page.getByLabel('Why the decision is wrong').fill('I did not')
    await authors.presses('Appeal')
    await authors.sees('You have appealed. A moderator will answer you here.')

    await opensReport(moderators, 'appealed', scripted)
    await moderators.sees('I did not')
    await moderators.page.getByLabel('Your answer').fill('You did.')
    await moderators.presses('Let the decision stand')
    await moderators.sees('You did.')
    await opensPage(moderators, '/moderation?state=log', scripted)
    await moderators.sees(moderators.main.getByText(`@${judge.handle} let a decision stand on appeal`).first())
    await isInOrder(moderators, scripted)

    await opensPage(authors, statement, scripted)
    await authors.sees('The decision stands: You did.')
  },
)

test('Enter in a field of the decision sends what was picked, not the first button', async () => {
  const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
  const { uuid, message, report_token } = await anna.posts('so rude')
  const report = (await ben.post('/api/reports', { activity_uuid: uuid, message, report_token, reason: 'spam' })).body
  const tab = await browser.tab({ as: judge })
  await tab.opens(`/moderation?report=${report.uuid}`)
  tab.expects(422)
  await tab.page.getByRole('radio', { name: 'Put a warning over it' }).check()
  await tab.page.getByLabel('The warning').fill('rude')
  await tab.page.getByLabel('The warning').press('Enter')
  await tab.sees('Say why. The author will read this.')
  expect(await site.db.sql('select state from reports where uuid = $1', [report.uuid])).toEqual([{ state: 'open' }])
})
