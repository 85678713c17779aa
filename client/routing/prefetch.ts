import { type LoaderFunctionArgs, matchRoutes, type RouteObject } from 'react-router'
import type { Page } from '../../worker/contract/pages.ts'
import { pageLinkOf } from './links.ts'

/** Whoever rests on a link for so long, in ms, is likely to follow it. A finger that scrolls has moved on before. */
const HOVER_MS = 80
/** What was read ahead is not read ahead again for so long, ms. */
const FRESH_MS = 15_000
/** So many pages are read ahead in a minute at most: the reader's own reads are limited as well. */
const MAX_PER_MINUTE = 20

type Context = LoaderFunctionArgs['context']

/**
 * Fetches ahead what a link leads to when somebody is about to follow it, by mouse, finger or keyboard: the page's module,
 * and what it reads. Not for who asked for little data.
 */
export function prefetchLinks(routes: RouteObject[], contextOf: () => Context, signal: AbortSignal): void {
  const fetchedAt = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: HTMLAnchorElement | null = null

  const cancel = () => {
    clearTimeout(timer)
    pending = null
  }
  const schedule = (event: Event) => {
    const link = pageLinkOf(event)
    if (link === pending) return
    cancel()
    if (!link || savesData()) return
    pending = link
    timer = setTimeout(() => void prefetchPage(new URL(link.href)).catch(() => {}), HOVER_MS)
  }

  async function prefetchPage(url: URL): Promise<void> {
    if (url.pathname + url.search === location.pathname + location.search) return
    const match = matchRoutes(routes, url)?.at(-1)
    if (!match) return
    const { route, params } = match
    const page: Page | undefined = route.handle
    const { loader } = typeof route.lazy === 'function' ? await route.lazy() : route
    if (typeof loader !== 'function' || !page?.prefetchable || !mayFetch(url.href)) return
    const request = new Request(url)
    await loader({ request, url, params, pattern: route.path ?? '', context: contextOf() })
  }

  function mayFetch(address: string): boolean {
    const now = Date.now()
    for (const [read, at] of fetchedAt) if (now - at > 60_000) fetchedAt.delete(read)
    if (fetchedAt.size >= MAX_PER_MINUTE || now - (fetchedAt.get(address) ?? 0) < FRESH_MS) return false
    fetchedAt.set(address, now)
    return true
  }

  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, schedule, { signal })
  // A finger that scrolls after all, and a link that is being followed.
  for (const name of ['pointercancel', 'focusout', 'click']) document.addEventListener(name, cancel, { signal })
  signal.addEventListener('abort', cancel)
}

/** Whether the reader, or their network, has little data to spend. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } }
  return connection?.saveData === true || connection?.effectiveType?.includes('2g') === true
}
