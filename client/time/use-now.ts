import { useEffect, useState } from 'react'
import { useHasScript } from '../has-script.tsx'
import { useClock } from './clock.tsx'

/**
 * Returns the server's current time in ms, updated every `intervalMs`. During hydration it is the time when the server rendered
 * the page, so that both render the same.
 */
export function useNow(intervalMs: number): number {
  const clock = useClock()
  const hasScript = useHasScript()
  const [now, setNow] = useState(clock.now)
  useEffect(() => {
    const update = () => setNow(clock.now())
    update()
    const timer = setInterval(update, intervalMs)
    return () => clearInterval(timer)
  }, [clock, intervalMs])
  return hasScript ? now : clock.renderedAt
}
