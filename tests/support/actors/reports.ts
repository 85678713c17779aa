import type { Client } from '../../harness/client.ts'
import { expectStatus } from '../assertions/expect-answer.ts'

type Shown = {
  uuid: string
  message: string
  warning: string | null
  images: { url: string; alt: string }[]
  report_token?: string | undefined
}
type Received = { uuid: string; reference: string; has_images: boolean }

/** The body of a report of an activity. */
export const reportOf = ({ uuid, message, warning, images, report_token }: Shown, more: object = {}) => ({
  activity_uuid: uuid,
  message,
  ...(warning !== null && { warning }),
  ...(images.length > 0 && { images: images.map(({ url, alt }) => ({ url, alt })) }),
  report_token,
  reason: 'harassment',
  ...more,
})

/** Reports an activity. */
export const reports = async (who: Client, activity: Shown, more: object = {}): Promise<Received> =>
  expectStatus(await who.post('/api/reports', reportOf(activity, more)), 201).body

/** Reports a user. */
export const reportsUser = async (who: Client, handle: string, more: object = {}): Promise<Received> =>
  expectStatus(await who.post('/api/reports', { handle, reason: 'spam', ...more }), 201).body

/** Decides about a report as a moderator. */
export const decides = async (moderator: Client, { uuid }: { uuid: string }, decision: object): Promise<void> => {
  const sent = { rule: 'harassment', statement: 'It insults somebody.', ...decision }
  expectStatus(await moderator.post(`/api/moderation/reports/${uuid}/decision`, sent), 204)
}

/** Returns the uuid of the newest statement of reasons in a user's notifications. */
export const statementOf = async (who: Client): Promise<string> => {
  const { data } = expectStatus(await who.get('/api/notifications'), 200).body
  return data.find(({ kind }: { kind: string }) => kind === 'statement').reference
}
