import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

/** Records whether a request got any response: the browser may be online on a network that does not reach the API. */
export const setReachable = (isAnswered: boolean): void => onlineManager.setOnline(isAnswered)

/** Returns whether the API is unreachable: the browser is offline, or the last request got no response. False on the server. */
export const useOffline = (): boolean =>
  useSyncExternalStore(
    onlineManager.subscribe,
    () => !onlineManager.isOnline(),
    () => false,
  )
