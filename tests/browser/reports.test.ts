import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import { moderators } from '../support/actors/many-users.ts'
import { decides, statementOf } from '../support/actors/reports.ts'
import { openBrowser, PHONE } from './support/browser.ts'
import { opensPage, WITH_AND_WITHOUT_SCRIPT } from './support/navigation.ts'
import { axeViolations, overflowingElements } from './support/page-checks.ts'

const site = await openSite()
const browser = await openBrowser(site)
const [judge] = await moderators(site, 'judge')

test.each(WITH_AND_WITHOUT_SCRIPT)(
  '%s: a report is sent, decided and answered; its author reads why and appeals',
  async (_, scripted) => {
    const [anna, ben] = await Promise.all([site.actors.join('anna'), site.actors.join('ben')])
    const activity = await anna.posts('so rude')
    const tab = await browser.tab({ as: ben, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(tab, `/report?activity=${activity.uuid}`, scripted)
    await tab.page.getByRole('radio', { name: 'It insults, threatens or pursues somebody.' }).check()
    await tab.page.getByLabel('Anything that helps to judge it').fill('in the second word')
    if (scripted) expect(await axeViolations(tab)).toEqual([])
    if (scripted) expect(await overflowingElements(tab)).toEqual([])
    await tab.presses('Send report')
    await tab.sees('Your report has arrived. A moderator will look at it.')

    const [report] = await site.db.sql<{ uuid: string }>('select uuid from reports where subject_uuid = $1', [
      activity.uuid,
    ])
    await decides(judge, report ?? { uuid: '' }, { action: 'delete', statement: 'It insults.' })
    await tab.visits('/notifications')
    await tab.page.getByRole('link', { name: 'See the answer' }).click()
    await tab.sees('A moderator acted on your report. The reason: It insults, threatens or pursues somebody.')

    const authors = await browser.tab({ as: anna, viewport: PHONE, javaScriptEnabled: scripted })
    await opensPage(authors, `/statements/${await statementOf(anna)}`, scripted)
    await authors.sees('It insults.')
    if (scripted) expect(await axeViolations(authors)).toEqual([])
    await authors.page.getByLabel('Why the decision is wrong').fill('I did not')
    await authors.presses('Appeal')
    await authors.sees('You have appealed. A moderator will answer you here.')
  },
)
