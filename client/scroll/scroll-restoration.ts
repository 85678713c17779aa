import type { DataRouter, Location } from 'react-router'
import { firstBelow, isDrawn } from './in-view.ts'

/**
 * What the window shows of a page, so that it can show it again: the uuid of the crud at its top, and how far below the top
 * that stands, px; where there is none, how far down the window is (`y`). When the crud has burnt out, the nearest of those
 * after and before it takes its place.
 */
export type ScrollPosition = {
  y: number
  at?: [uuid: string, top: number]
  after?: string[]
  before?: string[]
  saved?: number
}

/** So many cruds either way, and views of pages. */
const NEIGHBOURS = 8
const MAX_POSITIONS = 50

/** Reading on until a crud is there again ends after so many cruds, or so long, ms. */
const MAX_ACTIVITIES = 600
const LOADING_MS = 4_000

/** Pages read on with are as large as they may be. */
const PAGE_LIMIT = '100'

/** In so many frames nothing may move before a view counts as being there. */
const STABLE_FRAMES = 5

/** Whoever opens the home page anew within so long goes on where they were, ms. */
const REOPEN_MS = 86_400_000

/** In sessionStorage: also read before the page is drawn, see document.tsx. */
const POSITIONS_KEY = 'views'
const reopenKey = (person: string, path: string) => `view ${person} ${path}`
const REOPEN_PATHS = new Set(['/', '/?feed=everyone'])

const USER_EVENTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

const positions = new Map<string, ScrollPosition>()
let person = ''
let router: Pick<DataRouter, 'state'> | undefined
/** A view is being gone back to, and what is not read yet of its list is being read. */
let restoring = false
let loadingMore = false

const pathOf = ({ pathname, search }: Location) => pathname + search
const keyOf = (location: Location) => `${location.key} ${pathOf(location)}${location.hash}`

/** How many rows to read at once: many while the way back to a crud is read, otherwise what is usual. */
export const restoreLimit = (): { limit?: string } => (loadingMore ? { limit: PAGE_LIMIT } : {})

/** Whether the router wants the window left alone: a form has stayed on its page. */
export const keepsScroll = (): boolean => router?.state.preventScrollReset ?? false

/** Begins to keep what is seen of each page, for the person who is signed in. */
export function saveScrollPositions(of: DataRouter, who: string): void {
  router = of
  person = who
  let shown = of.state.location
  ignoreStorageErrors(() => {
    for (const [key, view] of Object.entries(JSON.parse(sessionStorage.getItem(POSITIONS_KEY) ?? '{}'))) {
      positions.set(key, view as ScrollPosition)
    }
  })
  const remember = () => {
    positions.delete(keyOf(shown))
    positions.set(keyOf(shown), currentPosition())
    if (positions.size > MAX_POSITIONS) positions.delete(positions.keys().next().value ?? '')
  }
  // It tells of a step before the page of that step is drawn.
  of.subscribe(({ location }) => {
    if (!restoring) remember()
    shown = location
  })
  const store = () => {
    if (document.visibilityState === 'visible') return
    if (!restoring) remember()
    ignoreStorageErrors(() => sessionStorage.setItem(POSITIONS_KEY, JSON.stringify(Object.fromEntries(positions))))
    if (REOPEN_PATHS.has(pathOf(shown)))
      ignoreStorageErrors(() => saveForReopening(pathOf(shown), positions.get(keyOf(shown))))
  }
  document.addEventListener('visibilitychange', store)
  window.addEventListener('pagehide', () => {
    // A document without script, at this address later, is left to the browser.
    history.scrollRestoration = 'auto'
    store()
  })
  window.addEventListener('pageshow', disableBrowserRestoration)
  disableBrowserRestoration()
}

const disableBrowserRestoration = () => {
  history.scrollRestoration = 'manual'
}

function saveForReopening(path: string, view: ScrollPosition | undefined): void {
  if (view?.at) localStorage.setItem(reopenKey(person, path), JSON.stringify({ ...view, saved: Date.now() }))
  else localStorage.removeItem(reopenKey(person, path))
}

/** Blocked or full storage is none. */
function ignoreStorageErrors(work: () => void): void {
  try {
    work()
  } catch {}
}

/** What is seen now. */
function currentPosition(): ScrollPosition {
  const y = window.scrollY
  const cruds = y > 0 ? [...document.querySelectorAll('main article[id]')] : []
  const crud = firstBelow(0, cruds)
  if (!crud) return { y }
  const ids = cruds.map(({ id }) => id)
  const first = cruds.indexOf(crud)
  return {
    y,
    at: [crud.id, Math.round(crud.getBoundingClientRect().top)],
    after: ids.slice(first + 1, first + 1 + NEIGHBOURS),
    before: ids.slice(Math.max(0, first - NEIGHBOURS), first).reverse(),
  }
}

/** What was seen of a page when it was left, if one comes back to it. `isFirst`: it is the page of this document. */
export function scrollPositionOf(location: Location, isFirst: boolean): ScrollPosition | undefined {
  if (!isFirst) return positions.get(keyOf(location))
  const [{ type } = {}] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (type !== 'navigate') return positions.get(keyOf(location))
  let view: ScrollPosition | undefined
  ignoreStorageErrors(() => {
    view = JSON.parse(localStorage.getItem(reopenKey(person, pathOf(location))) ?? 'null') ?? undefined
  })
  return location.hash || !view || Date.now() - (view.saved ?? 0) > REOPEN_MS ? undefined : view
}

/**
 * Shows a view again, and holds it until all is in its place, or the reader scrolls. What is not read yet of the list is
 * read first, unseen. Returns how to stop.
 */
export function restoreScroll(view: ScrollPosition): () => void {
  const begun = performance.now()
  const { dataset } = document.documentElement
  let still = 0
  let frame = 0
  restoring = true
  const stop = () => {
    cancelAnimationFrame(frame)
    restoring = loadingMore = false
    delete dataset.restoring
    for (const type of USER_EVENTS) window.removeEventListener(type, stop)
  }
  const step = () => {
    loadingMore = view.at !== undefined && !isLoaded(view) && performance.now() - begun < LOADING_MS
    // While it is there at all, heights are as they are, not as they are guessed to be (crud.css).
    dataset.restoring = loadingMore ? 'hidden' : ''
    const before = window.scrollY
    window.scrollBy(0, loadingMore ? document.documentElement.scrollHeight : distanceTo(view))
    still = !loadingMore && Math.abs(window.scrollY - before) < 1 ? still + 1 : 0
    if (still < STABLE_FRAMES) frame = requestAnimationFrame(step)
    else stop()
  }
  for (const type of USER_EVENTS) window.addEventListener(type, stop, { passive: true })
  step()
  return stop
}

const findShown = (uuid: string): Element[] => {
  const crud = document.getElementById(uuid)
  return isDrawn(crud) ? [crud] : []
}

/** Whether the list reaches the crud, or beyond where it was, or goes no pagination. */
function isLoaded({ at, after = [] }: ScrollPosition): boolean {
  const isLong = document.querySelectorAll('main article').length > MAX_ACTIVITIES
  const [found] = [...(at ? [at[0]] : []), ...after].flatMap(findShown)
  return isLong || found !== undefined || !document.querySelector('main .more-link')
}

/** How far the window is from a view, px. */
function distanceTo({ y, at, after = [], before = [] }: ScrollPosition): number {
  if (!at) return y - window.scrollY
  const [uuid, top] = at
  const [found] = [uuid, ...after.flatMap((one, i) => [one, ...before.slice(i, i + 1)]), ...before].flatMap(findShown)
  return found ? found.getBoundingClientRect().top - top : y - window.scrollY
}
