import { useEffect, useRef } from 'react'

/** "Sending", in place of a pending activity's time left. Scrolls it into view, so that its author sees it. */
export function PendingActivity() {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    place.current?.closest('article')?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <span className="time-left pending" ref={place}>
      Sending
    </span>
  )
}
