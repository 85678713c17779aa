import type { DataRouter, Location } from 'react-router'
import { firstBelow, isDrawn } from './in-view.ts'

/** A scroll position, relative to an article, since the content above it changes. Stored as JSON. */
export type ScrollPosition = {
  /** Scroll offset in px; used if there is no anchor. */
  y: number
  /** The topmost visible article, and its distance from the top of the window in px. */
  anchor?: [uuid: string, top: number]
  /** Uuids of the articles after and before it, nearest first. They replace an anchor that has expired. */
  after?: string[]
  before?: string[]
  /** When it was saved for reopening, in ms. */
  savedAt?: number
}

/** Neighbours saved on each side of the anchor. */
const NEIGHBOURS = 8
/** Positions kept per tab. */
const MAX_POSITIONS = 50

/** Limits of loading a list until its anchor is there again: articles, and time in ms. */
const MAX_ARTICLES = 600
const LOADING_MS = 4_000
/** Page size while doing so: the API's maximum. */
const PAGE_LIMIT = '100'

/** Frames without movement after which a position counts as restored. */
const STABLE_FRAMES = 5

/** How long a position is restored when the page is opened in a new tab, in ms. */
const REOPEN_MS = 86_400_000
const REOPEN_PATHS = new Set(['/', '/?feed=everyone'])

/** Storage keys; scroll-restore-inline.ts reads them too. */
const POSITIONS_KEY = 'scroll-positions'
const reopenKey = (userUuid: string, path: string) => `scroll-position ${userUuid} ${path}`

/** Events by which the user takes over scrolling. */
const USER_EVENTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

const positions = new Map<string, ScrollPosition>()
let userUuid = ''
let router: Pick<DataRouter, 'state'> | undefined
let restoring = false
/** Restoring, and loading the list up to the anchor. */
let loadingMore = false

const pathOf = ({ pathname, search }: Location) => pathname + search
const keyOf = (location: Location) => `${location.key} ${pathOf(location)}${location.hash}`

/** Returns the page size for a list: the maximum while a position is restored, else the API's default. */
export const restoreLimit = (): { limit?: string } => (loadingMore ? { limit: PAGE_LIMIT } : {})

/** Whether the current navigation must not scroll, as for a form with `preventScrollReset`. */
export const keepsScroll = (): boolean => router?.state.preventScrollReset ?? false

/** Saves the scroll position of each page of the signed-in user: per history entry, and of the home page for reopening. */
export function saveScrollPositions(dataRouter: DataRouter, viewerUuid: string): void {
  router = dataRouter
  userUuid = viewerUuid
  let shown = dataRouter.state.location
  ignoreStorageErrors(() => {
    for (const [key, position] of Object.entries(JSON.parse(sessionStorage.getItem(POSITIONS_KEY) ?? '{}'))) {
      positions.set(key, position as ScrollPosition)
    }
  })
  const save = () => {
    positions.delete(keyOf(shown))
    positions.set(keyOf(shown), currentPosition())
    if (positions.size > MAX_POSITIONS) positions.delete(positions.keys().next().value ?? '')
  }
  // The router notifies before the new page is rendered.
  dataRouter.subscribe(({ location }) => {
    if (!restoring) save()
    shown = location
  })
  const store = () => {
    if (document.visibilityState === 'visible') return
    if (!restoring) save()
    ignoreStorageErrors(() => sessionStorage.setItem(POSITIONS_KEY, JSON.stringify(Object.fromEntries(positions))))
    const path = pathOf(shown)
    if (REOPEN_PATHS.has(path)) ignoreStorageErrors(() => saveForReopening(path, positions.get(keyOf(shown))))
  }
  document.addEventListener('visibilitychange', store)
  window.addEventListener('pagehide', () => {
    // The next document may have no script; then the browser restores.
    history.scrollRestoration = 'auto'
    store()
  })
  window.addEventListener('pageshow', disableBrowserRestoration)
  disableBrowserRestoration()
}

const disableBrowserRestoration = () => {
  history.scrollRestoration = 'manual'
}

function saveForReopening(path: string, position: ScrollPosition | undefined): void {
  const key = reopenKey(userUuid, path)
  if (position?.anchor) localStorage.setItem(key, JSON.stringify({ ...position, savedAt: Date.now() }))
  else localStorage.removeItem(key)
}

/** Runs `work`, and does without storage that is blocked or full. */
function ignoreStorageErrors(work: () => void): void {
  try {
    work()
  } catch {}
}

function currentPosition(): ScrollPosition {
  const y = window.scrollY
  const articles = y > 0 ? [...document.querySelectorAll('main article[id]')] : []
  const anchor = firstBelow(0, articles)
  if (!anchor) return { y }
  const ids = articles.map(({ id }) => id)
  const index = articles.indexOf(anchor)
  return {
    y,
    anchor: [anchor.id, Math.round(anchor.getBoundingClientRect().top)],
    after: ids.slice(index + 1, index + 1 + NEIGHBOURS),
    before: ids.slice(Math.max(0, index - NEIGHBOURS), index).reverse(),
  }
}

/** Returns the saved position of a page. `isFirst`: the page of this document, which may have been reopened in a new tab. */
export function scrollPositionOf(location: Location, isFirst: boolean): ScrollPosition | undefined {
  if (!isFirst) return positions.get(keyOf(location))
  const [{ type } = {}] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (type !== 'navigate') return positions.get(keyOf(location))
  let position: ScrollPosition | undefined
  ignoreStorageErrors(() => {
    position = JSON.parse(localStorage.getItem(reopenKey(userUuid, pathOf(location))) ?? 'null') ?? undefined
  })
  const isRecent = position && Date.now() - (position.savedAt ?? 0) <= REOPEN_MS
  return isRecent && !location.hash ? position : undefined
}

/**
 * Scrolls to a position, and holds it until the layout is stable or the user scrolls. First loads the list up to the anchor, with
 * the page hidden. Returns a function that stops it.
 */
export function restoreScroll(position: ScrollPosition): () => void {
  const startedAt = performance.now()
  const { dataset } = document.documentElement
  let stableFrames = 0
  let frame = 0
  restoring = true
  const stop = () => {
    cancelAnimationFrame(frame)
    restoring = loadingMore = false
    dataset.restored = ''
    delete dataset.restoring
    for (const type of USER_EVENTS) window.removeEventListener(type, stop)
  }
  const step = () => {
    loadingMore = position.anchor !== undefined && !isLoaded(position) && performance.now() - startedAt < LOADING_MS
    // The attribute also renders all windows of the list, so that heights are real and not estimates (activity.css).
    dataset.restoring = loadingMore ? 'hidden' : ''
    const before = window.scrollY
    // Scrolling to the end makes the list load its next page.
    window.scrollBy(0, loadingMore ? document.documentElement.scrollHeight : distanceTo(position))
    stableFrames = !loadingMore && Math.abs(window.scrollY - before) < 1 ? stableFrames + 1 : 0
    if (stableFrames < STABLE_FRAMES) frame = requestAnimationFrame(step)
    else stop()
  }
  for (const type of USER_EVENTS) window.addEventListener(type, stop, { passive: true })
  step()
  return stop
}

const findDrawn = (uuid: string): Element[] => {
  const article = document.getElementById(uuid)
  return isDrawn(article) ? [article] : []
}

/** Whether the list has the anchor or an article after it, or cannot be loaded further. */
function isLoaded({ anchor, after = [] }: ScrollPosition): boolean {
  const isLong = document.querySelectorAll('main article').length > MAX_ARTICLES
  const [found] = [...(anchor ? [anchor[0]] : []), ...after].flatMap(findDrawn)
  return isLong || found !== undefined || !document.querySelector('main .more-link')
}

/** Returns the distance to scroll to a position, in px. An expired anchor is replaced by its nearest neighbour. */
function distanceTo({ y, anchor, after = [], before = [] }: ScrollPosition): number {
  if (!anchor) return y - window.scrollY
  const [uuid, top] = anchor
  const nearestFirst = [uuid, ...after.flatMap((each, i) => [each, ...before.slice(i, i + 1)]), ...before]
  const [found] = nearestFirst.flatMap(findDrawn)
  return found ? found.getBoundingClientRect().top - top : y - window.scrollY
}
