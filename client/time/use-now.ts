import { useEffect, useState } from 'react'
import { useHasScript } from '../has-script.tsx'
import { useClock } from './clock.tsx'

/**
 * Returns the server's current time in ms, updated every `interval` ms. During hydration it is the time when the server rendered
 * the page, so that both render the same.
 */
export function useNow(interval: number): number {
  const clock = useClock()
  const scripted = useHasScript()
  const [now, setNow] = useState(clock.now)
  useEffect(() => {
    const update = () => setNow(clock.now())
    update()
    const timer = setInterval(update, interval)
    return () => clearInterval(timer)
  }, [clock, interval])
  return scripted ? now : clock.renderedAt
}
