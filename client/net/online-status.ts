import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

/** Notes whether a request was answered, whatever the answer: a network can be there and let nothing through. */
export const setReachable = (isAnswered: boolean): void => onlineManager.setOnline(isAnswered)

/** Whether nothing gets through: the browser says so, or the last request had no answer. False at the edge. */
export const useOffline = (): boolean =>
  useSyncExternalStore(
    onlineManager.subscribe,
    () => !onlineManager.isOnline(),
    () => false,
  )
