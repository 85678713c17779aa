import type { Section } from './bench.ts'
import { firstCalls } from './sections/first-calls.ts'
import { idle } from './sections/idle.ts'
import { imagePaint } from './sections/image-paint.ts'
import { interactions } from './sections/interactions.ts'
import { lighthouse } from './sections/lighthouse.ts'
import { memory } from './sections/memory.ts'
import { paint } from './sections/paint.ts'
import { rendering } from './sections/rendering.ts'
import { routes } from './sections/routes.ts'
import { scale } from './sections/scale.ts'
import { scroll } from './sections/scroll.ts'
import { sizes } from './sections/sizes.ts'
import { sockets } from './sections/sockets.ts'
import { start } from './sections/start.ts'

/** `comparesCommits`: measures another commit alternately with this one, when one is given. */
type NamedSection = { name: string; run: Section; inQuick: boolean; comparesCommits?: boolean }

/** All sections in their order: sections that change data run last. */
const SECTIONS: NamedSection[] = [
  { name: 'start', run: start, inQuick: true },
  { name: 'sizes', run: sizes, inQuick: true },
  { name: 'paint', run: paint, inQuick: true, comparesCommits: true },
  { name: 'image-paint', run: imagePaint, inQuick: false },
  { name: 'lighthouse', run: lighthouse, inQuick: false },
  { name: 'idle', run: idle, inQuick: true },
  { name: 'scroll', run: scroll, inQuick: false },
  { name: 'rendering', run: rendering, inQuick: true, comparesCommits: true },
  { name: 'memory', run: memory, inQuick: true },
  { name: 'sockets', run: sockets, inQuick: false },
  { name: 'first-calls', run: firstCalls, inQuick: true },
  { name: 'routes', run: routes, inQuick: true, comparesCommits: true },
  { name: 'interactions', run: interactions, inQuick: false },
  { name: 'scale', run: scale, inQuick: false },
]

/**
 * The sections with these names; without names, all or those for a quick run.
 * @throws Error with the list of sections, if a name is unknown.
 */
export function chooseSections(names: string[], { quick }: { quick: boolean }): NamedSection[] {
  const unknown = names.filter((name) => !SECTIONS.some((section) => section.name === name))
  if (unknown.length > 0) {
    throw new Error(`No section ${unknown.join(', ')}; there are: ${SECTIONS.map(({ name }) => name).join(' ')}`)
  }
  if (names.length > 0) return SECTIONS.filter(({ name }) => names.includes(name))
  return SECTIONS.filter(({ inQuick }) => !quick || inQuick)
}
