import * as z from 'zod/mini'
import { THEMES } from './limits.ts'
import { ttl } from './ttl.ts'

/** What a person has chosen for themselves: the lifetime that the chooser begins with, and how the site looks. */
export const preferences = z.object({ default_ttl: ttl, theme: z.enum(THEMES, { error: 'theme_invalid' }) })
export type Preferences = z.infer<typeof preferences>
