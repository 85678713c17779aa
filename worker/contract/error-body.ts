import * as z from 'zod/mini'
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from './error.ts'

/** Schema of ErrorBody. Not in contract/error.ts: the client imports that file and must not load zod. */
export const errorBody = z.object({
  errors: z.array(
    z.object({
      code: z.enum(Object.keys(ERROR_STATUS) as ErrorCode[]),
      field: z.exactOptional(z.string()),
      suggestions: z.exactOptional(z.array(z.string())),
      replaced_by: z.exactOptional(z.object({ uuid: z.string(), handle: z.string() })),
      until: z.exactOptional(z.string()),
    }),
  ),
  request_id: z.string(),
}) satisfies z.ZodMiniType<ErrorBody>
errorBody.register(z.globalRegistry, { id: 'error' })
