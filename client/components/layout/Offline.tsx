import { useOffline } from '../../net/online-status.ts'

/** Notice that the browser is offline, shown while it is. */
export function Offline() {
  return (
    <div className="offline" role="status">
      {useOffline() && <p>You’re offline. Your words are safe.</p>}
    </div>
  )
}
