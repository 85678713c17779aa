import { useOffline } from '../../net/online-status.ts'

/** Says that nothing gets through, for as long as that is so. */
export function Offline() {
  return (
    <div className="offline" role="status">
      {useOffline() && <p>You are offline. Your words are safe.</p>}
    </div>
  )
}
