import { isDrawn } from './in-view.ts'

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

/** How long a position is restored when the page is opened in a new tab, in ms. */
export const REOPEN_MS = 86_400_000

/** Limits of loading a list until its anchor is there again: articles, and time in ms. */
const MAX_ARTICLES = 600
const LOADING_MS = 4_000
/** Page size meanwhile: the API's maximum. */
const PAGE_LIMIT = '100'

/** Frames without movement after which a position counts as restored. */
const STABLE_FRAMES = 5

/** Events by which the user takes over scrolling. */
const USER_EVENTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

let isRestoring = false
/** While restoring: the list is loaded further, up to the anchor. */
let isLoadingList = false

export const isRestoringScroll = (): boolean => isRestoring

/** Returns the page size for a list: the maximum while a position is restored, else the API's default. */
export const restoreLimit = (): { limit?: string } => (isLoadingList ? { limit: PAGE_LIMIT } : {})

/**
 * Scrolls to a position, and holds it until the layout is stable or the user scrolls. First loads the list up to the anchor, with
 * the page hidden. Returns a function that stops it.
 */
export function restoreScroll(position: ScrollPosition): () => void {
  const startedAt = performance.now()
  const { dataset } = document.documentElement
  let stableFrames = 0
  let frame = 0
  isRestoring = true
  const stop = () => {
    cancelAnimationFrame(frame)
    isRestoring = isLoadingList = false
    dataset.restored = ''
    delete dataset.restoring
    for (const type of USER_EVENTS) window.removeEventListener(type, stop)
  }
  const step = () => {
    isLoadingList = position.anchor !== undefined && !isLoaded(position) && performance.now() - startedAt < LOADING_MS
    // The attribute also renders all windows of the list, so that heights are real and not estimates (activity.css).
    dataset.restoring = isLoadingList ? 'hidden' : ''
    const before = window.scrollY
    // Scrolling to the end makes the list load its next page.
    window.scrollBy(0, isLoadingList ? document.documentElement.scrollHeight : distanceTo(position))
    stableFrames = !isLoadingList && Math.abs(window.scrollY - before) < 1 ? stableFrames + 1 : 0
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
