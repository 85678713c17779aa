import * as z from 'zod/mini'
import { AUDIENCES, WHO_CAN_REPLY } from './audience.ts'

export const audience = z.enum(AUDIENCES, { error: 'audience_invalid' })
export const whoCanReply = z.enum(WHO_CAN_REPLY, { error: 'who_can_reply_invalid' })
