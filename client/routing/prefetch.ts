import { type LoaderFunctionArgs, matchRoutes, type RouteObject } from 'react-router'
import type { Page } from '../../worker/contract/pages.ts'
import { connection } from '../net/saves-data.ts'
import { pageLinkOf } from './links.ts'

/** How long a pointer or the focus rests on a link before it is prefetched, in ms. A finger that scrolls moves on earlier. */
const HOVER_MS = 80
/** Minimum time between two prefetches of a page, in ms. */
const FRESH_MS = 15_000
/** Maximum prefetches per minute: they count towards the viewer's rate limit. */
const MAX_PER_MINUTE = 20

type Context = LoaderFunctionArgs['context']

/**
 * Prefetches a page, its module and its loader's data, when the pointer or the focus rests on a link to it. Skipped under
 * Save-Data and on slow networks.
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

  function mayFetch(url: string): boolean {
    const now = Date.now()
    for (const [fetched, at] of fetchedAt) if (now - at > 60_000) fetchedAt.delete(fetched)
    if (fetchedAt.size >= MAX_PER_MINUTE || now - (fetchedAt.get(url) ?? 0) < FRESH_MS) return false
    fetchedAt.set(url, now)
    return true
  }

  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, schedule, { signal })
  // The finger scrolls, or the link is being followed.
  for (const name of ['pointercancel', 'focusout', 'click']) document.addEventListener(name, cancel, { signal })
  signal.addEventListener('abort', cancel)
}

/** Whether the user asked for reduced data use, or the network is slow. */
function savesData(): boolean {
  const { saveData, effectiveType } = connection()
  return saveData === true || effectiveType?.includes('2g') === true
}
