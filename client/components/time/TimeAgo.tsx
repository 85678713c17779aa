import { useEffect, useState } from 'react'
import { useClock, useMountedAt } from '../../time/clock.tsx'
import { timeAgo } from '../../time/dates.ts'
import { secondsBetween } from '../../time/durations.ts'

const MINUTE = 60_000

/** How long ago an ISO time was; updated each minute with script. */
export function TimeAgo({ at }: { at: string }) {
  const clock = useClock()
  const shownAt = useMountedAt()
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), MINUTE)
    return () => clearInterval(timer)
  }, [clock])
  return <time dateTime={at}>{timeAgo(secondsBetween(at, now ?? shownAt))}</time>
}
