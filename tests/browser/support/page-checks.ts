import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Tab } from './tab.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page as it is: one line for each thing, with how bad it is. */
export async function axeViolations(tab: Tab, options: RunOptions = {}): Promise<string[]> {
  if (!(await tab.page.evaluate(() => 'axe' in window))) await tab.page.evaluate(axe)
  const { violations } = await tab.page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
        ...options,
      }),
    options,
  )
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Links that stand in lines of small text: they have the height of their line, 24 px, and no more. */
const META = '.who, .left, .counts a, .tally a, .why a, .quoted a, .foot a, .foot button'

/** What is too small to be hit by a thumb: 44 px each way, 24 for links in small lines; links in sentences may be as they are. */
export function smallTouchTargets(tab: Tab): Promise<string[]> {
  return tab.page.evaluate((meta) => {
    // What is open over the page lies over some of it.
    const within = document.querySelector('dialog[open], details.menu[open]') ?? document
    const all = within.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), textarea, summary')
    const shown = [...all].filter(
      (it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest('.hidden, .skip, [aria-hidden=true]'),
    )
    const inSentence = (it: HTMLElement) =>
      getComputedStyle(it).display === 'inline' &&
      [...(it.parentElement?.childNodes ?? [])].some((node) => node.nodeType === 3 && node.textContent?.trim())
    return shown.flatMap((it) => {
      if (inSentence(it)) return []
      it.scrollIntoView({ block: 'center', inline: 'center' })
      const { left, top, width, height } = it.getBoundingClientRect()
      const isHit = (x: number, y: number) => {
        const hit = document.elementFromPoint(left + width / 2 + x, top + height / 2 + y)
        return it.contains(hit) || [...((it as HTMLInputElement).labels ?? [])].some((label) => label.contains(hit))
      }
      const reach = (x: number, y: number) => {
        let px = 0
        while (px < 44 && isHit(x * (px + 1), y * (px + 1))) px += 1
        return px
      }
      const [wide, high] = [reach(-1, 0) + reach(1, 0) + 1, reach(0, -1) + reach(0, 1) + 1]
      // A box that begins between two pixels loses one.
      const least = (it.matches(meta) ? 24 : 44) - 1
      const name = it.getAttribute('aria-label') ?? it.textContent
      return wide < least || high < least ? [`${it.tagName} "${name}": ${wide} × ${high}`] : []
    })
  }, META)
}

/** What sticks out of the window, or would be reached by scrolling sideways alone. */
export function overflowingElements(tab: Tab): Promise<string[]> {
  return tab.page.evaluate(() => {
    const width = document.documentElement.clientWidth
    // Text that ends in dots and rows that scroll by themselves are made so; the page only hides what is decoration.
    const isCutOnPurpose = (it: Element): boolean => {
      const parent = it.parentElement
      if (!parent || parent.matches('.page, .door')) return false
      const { overflowX, textOverflow } = getComputedStyle(parent)
      return overflowX === 'auto' || (overflowX !== 'visible' && textOverflow === 'ellipsis') || isCutOnPurpose(parent)
    }
    const out = [...document.querySelectorAll('body *')].filter((it) => {
      const { left, right, width: own } = it.getBoundingClientRect()
      if (own <= 1 || (left >= -1 && right <= width + 1)) return false
      return (
        it.checkVisibility({ visibilityProperty: true }) && !it.closest('.hidden, svg, .fuse') && !isCutOnPurpose(it)
      )
    })
    const scrolls = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : []
    return [...scrolls, ...out.map((it) => `${it.tagName}.${it.className} "${it.textContent?.slice(0, 40)}"`)]
  })
}
