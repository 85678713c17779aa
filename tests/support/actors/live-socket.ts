import type { ClientRequest } from 'node:http'
import { onTestFinished } from 'vitest'
import type { Client, Fields } from '../../harness/client.ts'
import { answerOf, askForSocket, type LiveSocket, socketOf } from '../../harness/live-socket.ts'

/** Asks for a socket; the connection is closed after the test. */
function asks(who: Client, headers?: Fields): ClientRequest {
  const asked = askForSocket(who, headers)
  onTestFinished(() => void asked.destroy())
  return asked
}

/** Opens the socket of a signed-in user's tab. */
export const opensSocket = (who: Client): Promise<LiveSocket> => socketOf(asks(who))

/** Asks for a socket, and returns the status of the answer: 101 if it is opened. */
export async function socketStatus(who: Client, headers: Fields = {}): Promise<number> {
  const { answer, stream } = await answerOf(asks(who, headers))
  stream.destroy()
  return answer.statusCode ?? 0
}
