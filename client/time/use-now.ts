import { useEffect, useState } from 'react'
import { useHasScript } from '../has-script.tsx'
import { useClock } from './clock.tsx'

/**
 * Now by the server's clock, ms, renewed while the component is there. While a page is taken over it is the instant at
 * which the server rendered it, so that both write the same.
 */
export function useNow(every: number): number {
  const clock = useClock()
  const scripted = useHasScript()
  const [now, setNow] = useState(clock.now)
  useEffect(() => {
    const renew = () => setNow(clock.now())
    renew()
    const timer = setInterval(renew, every)
    return () => clearInterval(timer)
  }, [clock, every])
  return scripted ? now : clock.renderedAt
}
