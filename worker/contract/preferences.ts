import * as z from 'zod/mini'
import { THEMES } from './limits.ts'
import { ttl } from './ttl-schema.ts'

/** A user's preferences: the TTL preselected for new activities, and the theme. */
export const preferences = z.object({ default_ttl: ttl, theme: z.enum(THEMES, { error: 'theme_invalid' }) })
export type Preferences = z.infer<typeof preferences>
