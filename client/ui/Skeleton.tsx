import type { CSSProperties } from 'react'

const width = (value: string) => ({ '--width': value }) as CSSProperties

/** The shape of `count` cruds that are on their way. */
export function Skeleton({ count = 3 }: { count?: number }) {
  return (
    <div className="feed skeleton" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div className="bones" key={i} aria-hidden="true">
          <div className="fuse" />
          <div className="crud-body">
            <div className="face avatar" />
            <div className="who bone" style={width('40%')} />
            <div className="message bone" />
            <div className="message bone" style={width('65%')} />
          </div>
        </div>
      ))}
    </div>
  )
}
