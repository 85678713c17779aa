import type { RequestContext } from '../context.ts'
import type { StoredActivity } from '../contract/activity.ts'
import { log } from './log.ts'

/** What an event logs of its request, whose own log line has the viewer. */
type EventContext = Pick<RequestContext, 'requestId'>

/** Logs a product event. Details are ids and choices, never users' texts. */
const logEvent = ({ requestId }: EventContext, event: string, details: Record<string, string | number> = {}) =>
  log({ event, request_id: requestId, ...details })

/** Returns an activity's TTL, in seconds. */
const ttlSeconds = ({ created_at, expires_at }: StoredActivity) =>
  Math.round((Date.parse(expires_at) - Date.parse(created_at)) / 1000)

export const signedUp = (context: EventContext) => logEvent(context, 'signed_up')
export const confirmed = (context: EventContext) => logEvent(context, 'confirmed')
export const signedIn = (context: EventContext) => logEvent(context, 'signed_in')
export const signedOut = (context: EventContext) => logEvent(context, 'signed_out')
export const endedDevice = (context: EventContext) => logEvent(context, 'ended_device')
export const endedOtherSessions = (context: EventContext) => logEvent(context, 'ended_other_sessions')
export const endedAllSessions = (context: EventContext) => logEvent(context, 'ended_all_sessions')
export const changedPassword = (context: EventContext) => logEvent(context, 'changed_password')
export const deletedAccount = (context: EventContext) => logEvent(context, 'deleted_account')
export const recovered = (context: EventContext) => logEvent(context, 'recovered')

export const createdActivity = (context: EventContext, crud: StoredActivity) =>
  logEvent(context, 'created_activity', { activity_uuid: crud.uuid, ttl_seconds: ttlSeconds(crud) })
export const createdReply = (context: EventContext, reply: StoredActivity) =>
  logEvent(context, 'created_reply', { activity_uuid: reply.uuid, ttl_seconds: ttlSeconds(reply) })
export const replacedActivity = (context: EventContext, crud: StoredActivity) =>
  logEvent(context, 'replaced_activity', { activity_uuid: crud.uuid })
export const deletedActivity = (context: EventContext, activity_uuid: string) =>
  logEvent(context, 'deleted_activity', { activity_uuid })
export const liked = (context: EventContext, crud: StoredActivity) =>
  logEvent(context, 'liked', { activity_uuid: crud.uuid })
export const reposted = (context: EventContext, crud: StoredActivity) =>
  logEvent(context, 'reposted', { activity_uuid: crud.uuid })
export const followed = (context: EventContext, user_uuid: string) => logEvent(context, 'followed', { user_uuid })
export const blocked = (context: EventContext, user_uuid: string) => logEvent(context, 'blocked', { user_uuid })
export const muted = (context: EventContext, user_uuid: string) => logEvent(context, 'muted', { user_uuid })
export const reported = (context: EventContext, report_uuid: string) => logEvent(context, 'reported', { report_uuid })
export const openedReport = (context: EventContext, report_uuid: string) =>
  logEvent(context, 'opened_report', { report_uuid })
export const decidedReport = (context: EventContext, report_uuid: string, action: string) =>
  logEvent(context, 'decided_report', { report_uuid, action })
export const undidDecision = (context: EventContext, report_uuid: string) =>
  logEvent(context, 'undid_decision', { report_uuid })
export const answeredAppeal = (context: EventContext, report_uuid: string, decision: string) =>
  logEvent(context, 'answered_appeal', { report_uuid, decision })
export const sentMessage = (context: EventContext, message_uuid: string) =>
  logEvent(context, 'sent_message', { message_uuid })
export const deletedMessage = (context: EventContext, message_uuid: string) =>
  logEvent(context, 'deleted_message', { message_uuid })
