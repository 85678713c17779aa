import { useEffect, useRef } from 'react'

/** "Sending", in place of a pending activity's time left. Scrolls the activity into view, so that its author sees it. */
export function PendingActivity() {
  const label = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    label.current?.closest('article')?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <span className="time-left pending" ref={label}>
      Sending
    </span>
  )
}
