import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Tab } from './tab.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The violations that axe finds on the page, one line each, with their impact. */
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

/** Links in lines of small text, which are 24 px high instead of 44. */
const SMALL_TEXT_LINKS =
  '.user-line, .time-left, .counts a, .card-counts a, .context a, .quoted a, .footer a, .footer button'

/** Touch targets under 44 px, or under 24 for links in lines of small text; links within sentences are exempt. */
export function smallTouchTargets(tab: Tab): Promise<string[]> {
  return tab.page.evaluate((smallTextLinks) => {
    // An open dialog or menu covers other targets.
    const within = document.querySelector('dialog[open], details.menu[open], :popover-open') ?? document
    const all = within.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), textarea, summary')
    const shown = [...all].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.closest('.visually-hidden, .skip-link, [aria-hidden=true]'),
    )
    const inSentence = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some((node) => node.nodeType === 3 && node.textContent?.trim())
    return shown.flatMap((element) => {
      if (inSentence(element)) return []
      element.scrollIntoView({ block: 'center', inline: 'center' })
      const { left, top, width, height } = element.getBoundingClientRect()
      const isHit = (x: number, y: number) => {
        const hit = document.elementFromPoint(left + width / 2 + x, top + height / 2 + y)
        return (
          element.contains(hit) ||
          [...((element as HTMLInputElement).labels ?? [])].some((label) => label.contains(hit))
        )
      }
      const hitLength = (x: number, y: number) => {
        let px = 0
        while (px < 44 && isHit(x * (px + 1), y * (px + 1))) px += 1
        return px
      }
      const [hitWidth, hitHeight] = [hitLength(-1, 0) + hitLength(1, 0) + 1, hitLength(0, -1) + hitLength(0, 1) + 1]
      // A box that begins between two pixels loses one to rounding.
      const minimum = (element.matches(smallTextLinks) ? 24 : 44) - 1
      const name = element.getAttribute('aria-label') ?? element.textContent
      return hitWidth < minimum || hitHeight < minimum
        ? [`${element.tagName} "${name}": ${hitWidth} × ${hitHeight}`]
        : []
    })
  }, SMALL_TEXT_LINKS)
}

/** Elements that stick out of the viewport sideways. */
export function overflowingElements(tab: Tab): Promise<string[]> {
  return tab.page.evaluate(() => {
    const width = document.documentElement.clientWidth
    // Truncated texts and rows with their own scrollbar may exceed it. The page itself clips decoration only.
    const isCutOnPurpose = (element: Element): boolean => {
      const parent = element.parentElement
      if (!parent || parent.matches('.page, .auth')) return false
      const { overflowX, textOverflow } = getComputedStyle(parent)
      return overflowX === 'auto' || (overflowX !== 'visible' && textOverflow === 'ellipsis') || isCutOnPurpose(parent)
    }
    const overflowing = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect()
      if (own <= 1 || (left >= -1 && right <= width + 1)) return false
      return (
        element.checkVisibility({ visibilityProperty: true }) &&
        !element.closest('.visually-hidden, svg, .fuse') &&
        !isCutOnPurpose(element)
      )
    })
    const pageScroll = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : []
    return [
      ...pageScroll,
      ...overflowing.map((element) => `${element.tagName}.${element.className} "${element.textContent?.slice(0, 40)}"`),
    ]
  })
}
