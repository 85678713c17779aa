import type { RequestContext } from '../context.ts'
import type { StoredActivity } from '../contract/activity.ts'
import { log } from './log.ts'

/** The request of an event. The request's own log line has the viewer. */
type At = Pick<RequestContext, 'requestId'>

/** Logs a product event. Details are ids and choices, never users' texts. */
const logEvent = ({ requestId }: At, event: string, details: Record<string, string | number> = {}) =>
  log({ event, request_id: requestId, ...details })

const lifetime = ({ created_at, expires_at }: StoredActivity) =>
  Math.round((Date.parse(expires_at) - Date.parse(created_at)) / 1000)

export const signedUp = (at: At) => logEvent(at, 'signed_up')
export const confirmed = (at: At) => logEvent(at, 'confirmed')
export const signedIn = (at: At) => logEvent(at, 'signed_in')
export const signedOut = (at: At) => logEvent(at, 'signed_out')
export const endedDevice = (at: At) => logEvent(at, 'ended_device')
export const endedOtherSessions = (at: At) => logEvent(at, 'ended_other_sessions')
export const endedAllSessions = (at: At) => logEvent(at, 'ended_all_sessions')
export const changedPassword = (at: At) => logEvent(at, 'changed_password')
export const deletedAccount = (at: At) => logEvent(at, 'deleted_account')
export const recovered = (at: At) => logEvent(at, 'recovered')

/** `lifetime` in seconds. */
export const createdActivity = (at: At, crud: StoredActivity) =>
  logEvent(at, 'created_activity', { activity_uuid: crud.uuid, lifetime: lifetime(crud) })
export const createdReply = (at: At, reply: StoredActivity) =>
  logEvent(at, 'created_reply', { activity_uuid: reply.uuid, lifetime: lifetime(reply) })
export const replacedActivity = (at: At, crud: StoredActivity) =>
  logEvent(at, 'replaced_activity', { activity_uuid: crud.uuid })
export const deletedActivity = (at: At, activity_uuid: string) => logEvent(at, 'deleted_activity', { activity_uuid })
export const liked = (at: At, crud: StoredActivity) => logEvent(at, 'liked', { activity_uuid: crud.uuid })
export const reposted = (at: At, crud: StoredActivity) => logEvent(at, 'reposted', { activity_uuid: crud.uuid })
export const followed = (at: At, user_uuid: string) => logEvent(at, 'followed', { user_uuid })
export const blocked = (at: At, user_uuid: string) => logEvent(at, 'blocked', { user_uuid })
export const muted = (at: At, user_uuid: string) => logEvent(at, 'muted', { user_uuid })
export const reported = (at: At, report_uuid: string) => logEvent(at, 'reported', { report_uuid })
export const openedReport = (at: At, report_uuid: string) => logEvent(at, 'opened_report', { report_uuid })
export const decidedReport = (at: At, report_uuid: string, action: string) =>
  logEvent(at, 'decided_report', { report_uuid, action })
export const undidDecision = (at: At, report_uuid: string) => logEvent(at, 'undid_decision', { report_uuid })
export const answeredAppeal = (at: At, report_uuid: string, decision: string) =>
  logEvent(at, 'answered_appeal', { report_uuid, decision })
export const sentMessage = (at: At, message_uuid: string) => logEvent(at, 'sent_message', { message_uuid })
export const deletedMessage = (at: At, message_uuid: string) => logEvent(at, 'deleted_message', { message_uuid })
