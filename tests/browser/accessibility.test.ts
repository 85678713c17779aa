import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { expect, test } from 'vitest'
import { openSite } from '../harness/site.ts'
import type { Person } from '../story.ts'
import { DESKTOP, openBrowser, PHONE } from './browser.ts'
import type { Tab } from './tab.ts'

const site = await openSite()
const browser = await openBrowser(site)
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Serious and critical findings of axe, in both themes at both widths; one line each. */
async function findingsOn(tab: Tab): Promise<string[]> {
  const findings: string[] = []
  await tab.page.evaluate(axe)
  for (const viewport of [PHONE, DESKTOP]) {
    for (const colorScheme of ['dark', 'light'] as const) {
      await tab.page.setViewportSize(viewport)
      await tab.page.emulateMedia({ colorScheme })
      const { violations } = await tab.page.evaluate(() =>
        (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          resultTypes: ['violations'],
        }),
      )
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue
        findings.push(`${tab.at} ${viewport.width} ${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      }
    }
  }
  return findings
}

/** A person with cruds of every length and heat, and an answer. */
async function peopled(): Promise<{ anna: Person; status: string }> {
  const anna = await site.story.join('anna')
  const crud = await anna.cruds(
    'Rain stopped. The whole street came out at once, like someone had rung a bell.',
    '7-days',
  )
  await anna.replies(crud, 'Two spare tickets: https://example.com/a')
  await anna.cruds('Kettle’s on.')
  const hot = await anna.cruds('word '.repeat(50).trim())
  await site.db.sql(
    `update activities set created_at = now() - interval '1 hour', expires_at = now() + interval '5 minutes'
     where uuid = $1`,
    [hot.uuid],
  )
  return { anna, status: `/@${anna.handle}/status/${crud.uuid}` }
}

test('signed out: axe has nothing serious to say', async () => {
  const { anna, status } = await peopled()
  const tab = await browser.tab()
  const findings: string[] = []
  const doors = ['/signup', '/signin', '/confirm?email=anna%40example.com', '/forgot', '/forgot?step=confirm', '/about']
  for (const path of ['/', `/@${anna.handle}`, status, ...doors]) {
    await tab.visits(path)
    findings.push(...(await findingsOn(tab)))
  }
  await tab.visits('/nothing/here', 404)
  findings.push(...(await findingsOn(tab)))
  await tab.visits('/signup')
  tab.expects(422)
  await tab.presses('Join')
  await tab.sees('Enter your password.')
  findings.push(...(await findingsOn(tab)))
  expect(findings).toEqual([])
})

test('signed in: axe has nothing serious to say', async () => {
  const { anna, status } = await peopled()
  const tab = await browser.tab({ as: anna })
  const findings: string[] = []
  for (const path of ['/', `/@${anna.handle}`, status, `${status}/put-out`, '/signout']) {
    await tab.opens(path)
    findings.push(...(await findingsOn(tab)))
  }
  expect(findings).toEqual([])
})
