import type { Section } from './bench.ts'
import { firstCalls } from './sections/first-calls.ts'
import { idle } from './sections/idle.ts'
import { interactions } from './sections/interactions.ts'
import { lighthouse } from './sections/lighthouse.ts'
import { memory } from './sections/memory.ts'
import { paint } from './sections/paint.ts'
import { rendering } from './sections/rendering.ts'
import { routes } from './sections/routes.ts'
import { scale } from './sections/scale.ts'
import { scroll } from './sections/scroll.ts'
import { sizes } from './sections/sizes.ts'
import { start } from './sections/start.ts'

/** `comparesCommits`: it measures another commit in turns with this one, when one is given. */
type Named = { name: string; run: Section; inQuick: boolean; comparesCommits?: boolean }

/** All sections, in the order they run in: what changes the data comes last. */
const SECTIONS: Named[] = [
  { name: 'start', run: start, inQuick: true },
  { name: 'sizes', run: sizes, inQuick: true },
  { name: 'paint', run: paint, inQuick: true, comparesCommits: true },
  { name: 'lighthouse', run: lighthouse, inQuick: false },
  { name: 'idle', run: idle, inQuick: true },
  { name: 'scroll', run: scroll, inQuick: false },
  { name: 'rendering', run: rendering, inQuick: true, comparesCommits: true },
  { name: 'memory', run: memory, inQuick: true },
  { name: 'first-calls', run: firstCalls, inQuick: true },
  { name: 'routes', run: routes, inQuick: true, comparesCommits: true },
  { name: 'interactions', run: interactions, inQuick: false },
  { name: 'scale', run: scale, inQuick: false },
]

/**
 * The sections of these names, or all, or those that are quick.
 * @throws Error naming the sections there are, when one is unknown.
 */
export function chooseSections(names: string[], { quick }: { quick: boolean }): Named[] {
  const unknown = names.filter((name) => !SECTIONS.some((section) => section.name === name))
  if (unknown.length > 0) {
    throw new Error(`No section ${unknown.join(', ')}; there are: ${SECTIONS.map(({ name }) => name).join(' ')}`)
  }
  if (names.length > 0) return SECTIONS.filter(({ name }) => names.includes(name))
  return SECTIONS.filter(({ inQuick }) => !quick || inQuick)
}
