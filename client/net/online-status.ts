import { useSyncExternalStore } from 'react'

/** Whether the last thing that was sent has had an answer. */
let answered = true
const listeners = new Set<() => void>()

/** Says whether a request has had an answer, whatever it was. */
export function setReachable(isAnswered: boolean): void {
  if (answered === isAnswered) return
  answered = isAnswered
  for (const listener of listeners) listener()
}

function subscribe(changed: () => void): () => void {
  // The network is back: until something fails again, so are we.
  const online = () => {
    setReachable(true)
    changed()
  }
  listeners.add(changed)
  window.addEventListener('online', online)
  window.addEventListener('offline', changed)
  return () => {
    listeners.delete(changed)
    window.removeEventListener('online', online)
    window.removeEventListener('offline', changed)
  }
}

/** Whether nothing gets through: by the browser's word, or since the last request had no answer. False at the edge. */
export const useOffline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => !navigator.onLine || !answered,
    () => false,
  )
