import type { WebSocket as PageSocket } from 'playwright-core'
import { PING, PONG } from '../../../worker/contract/live.ts'
import type { Tab } from './tab.ts'

/** Resolves with a socket that is opened from now on, once it has answered a ping. */
export const socketOf = (tab: Tab): Promise<PageSocket> =>
  new Promise((resolve) => {
    tab.page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => payload === PONG && resolve(socket)),
    )
  })

/** Opens a page, and waits until its socket works. */
export async function opensLive(tab: Tab, path: string): Promise<PageSocket> {
  const socket = socketOf(tab)
  await tab.opens(path)
  return socket
}

/** Returns a function that counts the sockets, of those opened from now on, that wait for the answer to a ping. */
export function countsUnanswered(tab: Tab): () => number {
  const waiting = new Set<PageSocket>()
  tab.page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => payload === PING && waiting.add(socket))
    socket.on('framereceived', ({ payload }) => payload === PONG && waiting.delete(socket))
    socket.on('close', () => waiting.delete(socket))
  })
  return () => waiting.size
}

/** Refuses every socket of a tab, as some networks do: it learns of nothing before its next request. */
export const refusesSockets = (tab: Tab): Promise<void> => tab.page.routeWebSocket(/./, (socket) => socket.close())
