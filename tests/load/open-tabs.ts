import type { Nudge } from '../../worker/contract/live.ts'
import { askForSocket, type LiveSocket, socketOf } from '../harness/live-socket.ts'
import type { VirtualUser } from './virtual-user.ts'

/** Tabs that each account has open. */
const TABS = 3

/** Timeout of the last nudges after the load, in ms. */
const LAST_NUDGES_MS = 5_000

/** The open tabs of the accounts of the load: a socket each. A message nudges the tabs of both members. */
export class OpenTabs {
  /** Number of sockets that were closed. */
  closed = 0
  readonly #sockets: LiveSocket[] = []

  /** Opens the tabs of virtual users, one of each account. Visitors have no sockets. */
  async open(users: VirtualUser[]): Promise<void> {
    for (const { client, handle } of users)
      for (let tab = 0; handle !== null && tab < TABS; tab += 1) {
        const socket = await socketOf(askForSocket(client))
        void socket.closed.then(() => {
          this.closed += 1
        })
        this.#sockets.push(socket)
      }
  }

  get size(): number {
    return this.#sockets.length
  }

  /** Number of nudges about messages, of all tabs together. */
  get nudges(): number {
    const isAboutMessage = (frame: string) => (JSON.parse(frame) as Nudge).kind === 'message'
    return this.#sockets.reduce((sum, { frames }) => sum + frames.filter(isAboutMessage).length, 0)
  }

  /** Waits for the nudges about acknowledged messages, and returns how many did not come. */
  async missingNudges(messages: number): Promise<number> {
    const expected = messages * 2 * TABS
    const timeout = AbortSignal.timeout(LAST_NUDGES_MS)
    while (this.nudges < expected && !timeout.aborted) await new Promise(setImmediate)
    return Math.max(0, expected - this.nudges)
  }
}
