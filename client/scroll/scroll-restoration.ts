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
const AROUND = 8
const VIEWS = 50

/** Reading on until a crud is there again ends after so many cruds, or so long, ms. */
const CRUDS = 600
const PATIENCE = 4_000

/** Pages read on with are as large as they may be. */
const STRIDE = '100'

/** In so many frames nothing may move before a view counts as being there. */
const STILL = 5

/** Whoever opens the home page anew within so long goes on where they were, ms. */
const REOPENS = 86_400_000

/** In sessionStorage: also read before the page is drawn, see document.tsx. */
const STORE = 'views'
const reopenKey = (person: string, path: string) => `view ${person} ${path}`
const REOPENED = new Set(['/', '/?feed=everyone'])

const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

const views = new Map<string, ScrollPosition>()
let person = ''
let router: Pick<DataRouter, 'state'> | undefined
/** A view is being gone back to, and what is not read yet of its list is being read. */
let returning = false
let reading = false

const pathOf = ({ pathname, search }: Location) => pathname + search
const keyOf = (location: Location) => `${location.key} ${pathOf(location)}${location.hash}`

/** How many rows to read at once: many while the way back to a crud is read, otherwise what is usual. */
export const restoreLimit = (): { limit?: string } => (reading ? { limit: STRIDE } : {})

/** Whether the router wants the window left alone: a form has stayed on its page. */
export const keepsScroll = (): boolean => router?.state.preventScrollReset ?? false

/** Begins to keep what is seen of each page, for the person who is signed in. */
export function saveScrollPositions(of: DataRouter, who: string): void {
  router = of
  person = who
  let shown = of.state.location
  onStorage(() => {
    for (const [key, view] of Object.entries(JSON.parse(sessionStorage.getItem(STORE) ?? '{}'))) {
      views.set(key, view as ScrollPosition)
    }
  })
  const remember = () => {
    views.delete(keyOf(shown))
    views.set(keyOf(shown), look())
    if (views.size > VIEWS) views.delete(views.keys().next().value ?? '')
  }
  // It tells of a step before the page of that step is drawn.
  of.subscribe(({ location }) => {
    if (!returning) remember()
    shown = location
  })
  const store = () => {
    if (document.visibilityState === 'visible') return
    if (!returning) remember()
    onStorage(() => sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(views))))
    if (REOPENED.has(pathOf(shown))) onStorage(() => storeForReopening(pathOf(shown), views.get(keyOf(shown))))
  }
  document.addEventListener('visibilitychange', store)
  window.addEventListener('pagehide', () => {
    // A document without script, at this address later, is left to the browser.
    history.scrollRestoration = 'auto'
    store()
  })
  window.addEventListener('pageshow', takeOver)
  takeOver()
}

const takeOver = () => {
  history.scrollRestoration = 'manual'
}

function storeForReopening(path: string, view: ScrollPosition | undefined): void {
  if (view?.at) localStorage.setItem(reopenKey(person, path), JSON.stringify({ ...view, saved: Date.now() }))
  else localStorage.removeItem(reopenKey(person, path))
}

/** Blocked or full storage is none. */
function onStorage(work: () => void): void {
  try {
    work()
  } catch {}
}

/** What is seen now. */
function look(): ScrollPosition {
  const y = window.scrollY
  const cruds = y > 0 ? [...document.querySelectorAll('main article[id]')] : []
  const crud = firstBelow(0, cruds)
  if (!crud) return { y }
  const ids = cruds.map(({ id }) => id)
  const first = cruds.indexOf(crud)
  return {
    y,
    at: [crud.id, Math.round(crud.getBoundingClientRect().top)],
    after: ids.slice(first + 1, first + 1 + AROUND),
    before: ids.slice(Math.max(0, first - AROUND), first).reverse(),
  }
}

/** What was seen of a page when it was left, if one comes back to it. `isFirst`: it is the page of this document. */
export function scrollPositionOf(location: Location, isFirst: boolean): ScrollPosition | undefined {
  if (!isFirst) return views.get(keyOf(location))
  const [{ type } = {}] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (type !== 'navigate') return views.get(keyOf(location))
  let view: ScrollPosition | undefined
  onStorage(() => {
    view = JSON.parse(localStorage.getItem(reopenKey(person, pathOf(location))) ?? 'null') ?? undefined
  })
  return location.hash || !view || Date.now() - (view.saved ?? 0) > REOPENS ? undefined : view
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
  returning = true
  const stop = () => {
    cancelAnimationFrame(frame)
    returning = reading = false
    delete dataset.returning
    for (const type of BY_HAND) window.removeEventListener(type, stop)
  }
  const step = () => {
    reading = view.at !== undefined && !isRead(view) && performance.now() - begun < PATIENCE
    // While it is there at all, heights are as they are, not as they are guessed to be (crud.css).
    dataset.returning = reading ? 'unseen' : ''
    const before = window.scrollY
    window.scrollBy(0, reading ? document.documentElement.scrollHeight : distanceTo(view))
    still = !reading && Math.abs(window.scrollY - before) < 1 ? still + 1 : 0
    if (still < STILL) frame = requestAnimationFrame(step)
    else stop()
  }
  for (const type of BY_HAND) window.addEventListener(type, stop, { passive: true })
  step()
  return stop
}

const find = (uuid: string): Element[] => {
  const crud = document.getElementById(uuid)
  return isDrawn(crud) ? [crud] : []
}

/** Whether the list reaches the crud, or beyond where it was, or goes no further. */
function isRead({ at, after = [] }: ScrollPosition): boolean {
  const isLong = document.querySelectorAll('main article').length > CRUDS
  const [found] = [...(at ? [at[0]] : []), ...after].flatMap(find)
  return isLong || found !== undefined || !document.querySelector('main .more')
}

/** How far the window is from a view, px. */
function distanceTo({ y, at, after = [], before = [] }: ScrollPosition): number {
  if (!at) return y - window.scrollY
  const [uuid, top] = at
  const [found] = [uuid, ...after.flatMap((one, i) => [one, ...before.slice(i, i + 1)]), ...before].flatMap(find)
  return found ? found.getBoundingClientRect().top - top : y - window.scrollY
}
