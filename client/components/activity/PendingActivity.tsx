import { useEffect, useRef } from 'react'

/** In place of the time left of a crud that is on its way. It comes into view: whoever sends something sees it there. */
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
