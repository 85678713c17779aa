import { type LoaderFunctionArgs, matchRoutes, type RouteObject } from 'react-router'
import type { Page } from '../../worker/contract/pages.ts'
import { pageLinkOf } from './links.ts'

/** Whoever rests on a link for so long, in ms, is likely to follow it. A finger that scrolls has moved on before. */
const REST = 80
/** What was read ahead is not read ahead again for so long, ms. */
const FRESH = 15_000
/** So many pages are read ahead in a minute at most: the reader's own reads are limited as well. */
const A_MINUTE = 20

type Context = LoaderFunctionArgs['context']

/**
 * Fetches ahead what a link leads to when somebody is about to follow it, by mouse, finger or keyboard: the page's module,
 * and what it reads. Not for who asked for little data.
 */
export function prefetchLinks(routes: RouteObject[], contextOf: () => Context, signal: AbortSignal): void {
  const readAt = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let near: HTMLAnchorElement | null = null

  const forget = () => {
    clearTimeout(timer)
    near = null
  }
  const consider = (event: Event) => {
    const link = pageLinkOf(event)
    if (link === near) return
    forget()
    if (!link || isSparing()) return
    near = link
    timer = setTimeout(() => void fetchPage(new URL(link.href)).catch(() => {}), REST)
  }

  async function fetchPage(url: URL): Promise<void> {
    if (url.pathname + url.search === location.pathname + location.search) return
    const match = matchRoutes(routes, url)?.at(-1)
    if (!match) return
    const { route, params } = match
    const page: Page | undefined = route.handle
    const { loader } = typeof route.lazy === 'function' ? await route.lazy() : route
    if (typeof loader !== 'function' || !page?.prefetchable || !mayRead(url.href)) return
    const request = new Request(url)
    await loader({ request, url, params, pattern: route.path ?? '', context: contextOf() })
  }

  function mayRead(address: string): boolean {
    const now = Date.now()
    for (const [read, at] of readAt) if (now - at > 60_000) readAt.delete(read)
    if (readAt.size >= A_MINUTE || now - (readAt.get(address) ?? 0) < FRESH) return false
    readAt.set(address, now)
    return true
  }

  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, consider, { signal })
  // A finger that scrolls after all, and a link that is being followed.
  for (const name of ['pointercancel', 'focusout', 'click']) document.addEventListener(name, forget, { signal })
  signal.addEventListener('abort', forget)
}

/** Whether the reader, or their network, has little data to spend. */
function isSparing(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } }
  return connection?.saveData === true || connection?.effectiveType?.includes('2g') === true
}
