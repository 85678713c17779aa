import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'

/** The server's time, estimated in the browser. All times are ms since the epoch. */
export type Clock = {
  /** Server time when the page was rendered; components hydrate with it. */
  renderedAt: number
  /** Returns the server's current time; on the server always `renderedAt`. */
  now: () => number
  /** Returns `now()` minus the page's `--age`. The fuses' animations run on this time, since fuse.css subtracts `--age` itself. */
  animationTime: () => number
  /**
   * Returns the animation time at which a component that is rendered for the first time was first shown. While the page hydrates this
   * is `renderedAt`, since its animations started with the document.
   */
  mountTime: () => number
  /** Whether what is rendered now is in the server's document: always true on the server. */
  isHydrating: () => boolean
  /** From now on, what is rendered for the first time is new on the page. */
  endHydration: () => void
  /** Adds the time that the machine slept to the page's `--age`. */
  detectSleep: () => void
}

/** Shortest sleep that counts, in seconds: the machine's two clocks drift apart by less. */
const MIN_SLEEP_S = 1
/** Longest timer, in ms: setTimeout overflows after 24 days. */
const MAX_TIMEOUT_MS = 86_400_000
/** Event on the window when a sleep was detected. */
const CLOCK_JUMP = 'clockjump'

const ClockContext = createContext<Clock | null>(null)
const onServer = typeof document === 'undefined'

function startClock(renderedAt: number): Clock {
  if (onServer) {
    const now = () => renderedAt
    const nothing = () => {}
    return {
      renderedAt,
      now,
      animationTime: now,
      mountTime: now,
      isHydrating: () => true,
      endHydration: nothing,
      detectSleep: nothing,
    }
  }
  // `renderedAt` was read just before the first byte of the response arrived.
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const origin = renderedAt - (navigation?.responseStart ?? 0)
  const animationTime = () => origin + performance.now()
  /** The page's `--age`: 0 when it loads, since the edge caches no page with script. */
  let age = 0
  let isHydrating = true
  // On some systems performance.now() and animations stop during sleep; the wall clock does not.
  const lag = () => Date.now() - performance.now()
  let knownLag = lag()
  return {
    renderedAt,
    animationTime,
    mountTime: () => (isHydrating ? renderedAt : animationTime()),
    isHydrating: () => isHydrating,
    endHydration() {
      isHydrating = false
    },
    now: () => animationTime() + age * 1000,
    detectSleep() {
      const slept = (lag() - knownLag) / 1000
      if (Math.abs(slept) < MIN_SLEEP_S) return
      knownLag = lag()
      // The wall clock was set back: no sleep.
      if (slept < 0) return
      age += slept
      document.documentElement.style.setProperty('--age', age.toFixed(3))
      window.dispatchEvent(new Event(CLOCK_JUMP))
    },
  }
}

type ClockProviderProps = {
  /** Server time when the page was rendered, in ms. */
  renderedAt: number
  children: ReactNode
}

/** Provides the clock. */
export function ClockProvider({ renderedAt, children }: ClockProviderProps) {
  const [clock] = useState(() => startClock(renderedAt))
  useEffect(() => {
    // The whole page hydrates at once, and this effect runs after it.
    clock.endHydration()
    const check = () => clock.detectSleep()
    // Opening the lid over a tab that stayed visible fires no event.
    const timer = setInterval(check, 5_000)
    window.addEventListener('pageshow', check)
    document.addEventListener('visibilitychange', check)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pageshow', check)
      document.removeEventListener('visibilitychange', check)
    }
  }, [clock])
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** Returns the page's clock. */
export function useClock(): Clock {
  const clock = useContext(ClockContext)
  if (!clock) throw new Error('useClock needs a ClockProvider around it')
  return clock
}

/** Returns when the component was mounted, in ms (see `Clock.mountTime`); it never changes. */
export function useMountedAt(): number {
  const { mountTime } = useClock()
  const [at] = useState(mountTime)
  return at
}

/**
 * Calls `onExpire` with the server's time when each of `expiries` (ISO times) has passed, also after sleep and on return from the
 * back-forward cache.
 */
export function useExpiry(expiries: readonly string[], onExpire: (now: number) => void): void {
  const clock = useClock()
  const notify = useEffectEvent(onExpire)
  const key = onServer ? '' : [...new Set(expiries)].sort().join()
  useEffect(() => {
    let pending = key ? key.split(',').map((expiry) => Date.parse(expiry)) : []
    let timer: ReturnType<typeof setTimeout> | undefined
    const check = () => {
      clock.detectSleep()
      clearTimeout(timer)
      const now = clock.now()
      const before = pending.length
      pending = pending.filter((expiry) => expiry > now)
      if (pending.length < before) notify(now)
      if (pending.length > 0) timer = setTimeout(check, Math.min(Math.min(...pending) - now, MAX_TIMEOUT_MS))
    }
    check()
    window.addEventListener(CLOCK_JUMP, check)
    window.addEventListener('pageshow', check)
    document.addEventListener('visibilitychange', check)
    return () => {
      clearTimeout(timer)
      window.removeEventListener(CLOCK_JUMP, check)
      window.removeEventListener('pageshow', check)
      document.removeEventListener('visibilitychange', check)
    }
  }, [key, clock])
}
