import type { DataRouter, Location } from 'react-router'
import { ignoreStorageErrors } from '../storage.ts'
import { firstBelow } from './in-view.ts'
import { isRestoringScroll, REOPEN_MS, type ScrollPosition } from './restore-scroll.ts'

/** Neighbours saved on each side of the anchor. */
const NEIGHBOURS = 8
/** Positions kept per tab. */
const MAX_POSITIONS = 50

/** Paths whose position is restored when they are opened in a new tab. */
const REOPEN_PATHS = new Set(['/', '/?feed=everyone'])

/** Storage keys; before-paint-script.ts reads them too. */
const POSITIONS_KEY = 'scroll-positions'
const reopenKey = (userUuid: string, path: string) => `scroll-position ${userUuid} ${path}`

const positions = new Map<string, ScrollPosition>()
let userUuid = ''
let router: Pick<DataRouter, 'state'> | undefined

const pathOf = ({ pathname, search }: Location) => pathname + search
const keyOf = (location: Location) => `${location.key} ${pathOf(location)}${location.hash}`

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
    if (!isRestoringScroll()) save()
    shown = location
  })
  const store = () => {
    if (document.visibilityState === 'visible') return
    if (!isRestoringScroll()) save()
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
  const position = ignoreStorageErrors<ScrollPosition | null>(() =>
    JSON.parse(localStorage.getItem(reopenKey(userUuid, pathOf(location))) ?? 'null'),
  )
  const isRecent = position && Date.now() - (position.savedAt ?? 0) <= REOPEN_MS
  return isRecent && !location.hash ? position : undefined
}
