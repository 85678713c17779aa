import * as z from 'zod/mini'

/** How to reach who runs the site. */
export const contact = z.object({ email: z.string() })
