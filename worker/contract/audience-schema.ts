import * as z from 'zod/mini'
import { AUDIENCES, WHO_CAN_REPLY } from './audience.ts'

/** Schema of an audience's name. */
export const audience = z.enum(AUDIENCES, { error: 'audience_invalid' })

/** Schema of who may reply. */
export const whoCanReply = z.enum(WHO_CAN_REPLY, { error: 'who_can_reply_invalid' })
