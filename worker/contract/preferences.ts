import * as z from 'zod/mini'
import { audience } from './audience.ts'
import { THEMES } from './limits.ts'
import { ttl } from './ttl.ts'

/**
 * What a person has chosen for themselves: the lifetime and the audience that a new crud begins with, whether a follow has to be
 * accepted, and how the site looks.
 */
export const preferences = z.object({
  default_ttl: ttl,
  default_audience: audience,
  approves_followers: z.boolean({ error: 'approves_followers_invalid' }),
  theme: z.enum(THEMES, { error: 'theme_invalid' }),
})
export type Preferences = z.infer<typeof preferences>
