import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'

/** The server's time, as this page knows it. All instants are ms since the epoch. */
export type Clock = {
  /** The instant at which the server rendered the page; all that there is to hydrate from. */
  renderedAt: number
  /** Now, by the server's clock; on the server always `renderedAt`. */
  now: () => number
  /**
   * Now, less the page's `--age`: the count on which the animations of the page run. It leaves out what a sleep
   * has added, because every fuse subtracts `--age` by itself.
   */
  shown: () => number
  /** Finds out how long the machine slept, and moves the page's `--age` on by it. */
  catchUp: () => void
}

/** Less than this, in seconds, is not sleep but the two clocks of the machine ticking apart. */
const SLEPT = 1
const DAY = 86_400_000
/** What the window hears when a sleep was found out. */
const JUMP = 'clockjump'

const ClockContext = createContext<Clock | null>(null)
const onServer = typeof document === 'undefined'

function startClock(renderedAt: number, servedAge: number): Clock {
  if (onServer) return { renderedAt, now: () => renderedAt, shown: () => renderedAt, catchUp: () => {} }
  // The server read its clock just before the first byte came in.
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const origin = renderedAt - (arrival?.responseStart ?? 0)
  const shown = () => origin + performance.now()
  let age = servedAge
  // performance.now() stands still in sleep on some systems, as do animations; the wall clock does not.
  const lag = () => Date.now() - performance.now()
  let known = lag()
  return {
    renderedAt,
    shown,
    now: () => shown() + age * 1000,
    catchUp() {
      const slept = (lag() - known) / 1000
      if (Math.abs(slept) < SLEPT) return
      known = lag()
      // A wall clock set back brings nothing back to life.
      if (slept < 0) return
      age += slept
      document.documentElement.style.setProperty('--age', age.toFixed(3))
      window.dispatchEvent(new Event(JUMP))
    },
  }
}

type ClockProviderProps = {
  /** The database's or the worker's now when the page was rendered, ms. */
  renderedAt: number
  /** What `<html>` has as `--age`, seconds. */
  age?: number
  children: ReactNode
}

/** Gives the page its clock; stands outside everything that shows time. */
export function ClockProvider({ renderedAt, age = 0, children }: ClockProviderProps) {
  const [clock] = useState(() => startClock(renderedAt, age))
  useEffect(() => {
    const look = () => clock.catchUp()
    // A lid that closes over a visible tab makes no event when it opens.
    const timer = setInterval(look, 5_000)
    window.addEventListener('pageshow', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pageshow', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [clock])
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** The page's clock. */
export function useClock(): Clock {
  const clock = useContext(ClockContext)
  if (!clock) throw new Error('useClock needs a ClockProvider around it')
  return clock
}

const never = () => () => {}

/**
 * The instant (ms, see `Clock.shown`) at which the calling component came into the page; it never changes after.
 * What hydrates gets the server's instant, however late it hydrates; what is mounted later gets its own.
 */
export function useShownAt(): number {
  const clock = useClock()
  const at = useRef<number | null>(null)
  return useSyncExternalStore(
    never,
    () => (at.current ??= clock.shown()),
    () => (at.current ??= clock.renderedAt),
  )
}

/**
 * Calls `onEnd` when the earliest of `ends` (ISO times) is reached by the server's clock, and for each later one,
 * also when the page comes back from sleep or from the back-forward cache. Whoever listens drops what has ended.
 */
export function useExpiry(ends: readonly string[], onEnd: (now: number) => void): void {
  const clock = useClock()
  const ended = useEffectEvent(onEnd)
  const key = [...new Set(ends)].sort().join()
  useEffect(() => {
    let open = key ? key.split(',').map((end) => Date.parse(end)) : []
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clock.catchUp()
      clearTimeout(timer)
      const now = clock.now()
      const before = open.length
      open = open.filter((end) => end > now)
      if (open.length < before) ended(now)
      // A timeout holds 24 days at most.
      if (open.length > 0) timer = setTimeout(look, Math.min(Math.min(...open) - now, DAY))
    }
    look()
    window.addEventListener(JUMP, look)
    window.addEventListener('pageshow', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      window.removeEventListener(JUMP, look)
      window.removeEventListener('pageshow', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [key, clock])
}
