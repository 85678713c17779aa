import type { RequestContext } from '../context.ts'
import type { Activity } from '../contract/activity.ts'
import { log } from './log.ts'

/** The request of an event. The request's own log line has the viewer. */
type At = Pick<RequestContext, 'requestId'>

/** Logs a product event. Details are ids and choices, never users' texts. */
const tell = ({ requestId }: At, event: string, details: Record<string, string | number> = {}) =>
  log({ event, request_id: requestId, ...details })

const lifetime = ({ created_at, expires_at }: Activity) =>
  Math.round((Date.parse(expires_at) - Date.parse(created_at)) / 1000)

export const signedUp = (at: At) => tell(at, 'signed_up')
export const confirmed = (at: At) => tell(at, 'confirmed')
export const signedIn = (at: At) => tell(at, 'signed_in')
export const signedOut = (at: At) => tell(at, 'signed_out')
export const endedDevice = (at: At) => tell(at, 'ended_device')
export const endedOtherSessions = (at: At) => tell(at, 'ended_other_sessions')
export const endedAllSessions = (at: At) => tell(at, 'ended_all_sessions')
export const changedPassword = (at: At) => tell(at, 'changed_password')
export const deletedAccount = (at: At) => tell(at, 'deleted_account')
export const recovered = (at: At) => tell(at, 'recovered')

/** `lifetime` in seconds. */
export const crudded = (at: At, crud: Activity) =>
  tell(at, 'crudded', { activity_uuid: crud.uuid, lifetime: lifetime(crud) })
export const replied = (at: At, reply: Activity) =>
  tell(at, 'replied', { activity_uuid: reply.uuid, lifetime: lifetime(reply) })
export const rewrote = (at: At, crud: Activity) => tell(at, 'rewrote', { activity_uuid: crud.uuid })
export const putOut = (at: At, activity_uuid: string) => tell(at, 'put_out', { activity_uuid })
export const liked = (at: At, crud: Activity) => tell(at, 'liked', { activity_uuid: crud.uuid })
export const reposted = (at: At, crud: Activity) => tell(at, 'reposted', { activity_uuid: crud.uuid })
export const followed = (at: At, user_uuid: string) => tell(at, 'followed', { user_uuid })
export const blocked = (at: At, user_uuid: string) => tell(at, 'blocked', { user_uuid })
export const muted = (at: At, user_uuid: string) => tell(at, 'muted', { user_uuid })
export const sentMessage = (at: At, message_uuid: string) => tell(at, 'sent_message', { message_uuid })
export const deletedMessage = (at: At, message_uuid: string) => tell(at, 'deleted_message', { message_uuid })
