import * as z from 'zod/mini'
import { audience } from './audience-schema.ts'
import { THEMES } from './theme.ts'
import { ttl } from './ttl-schema.ts'

/**
 * A user's preferences: TTL and audience preselected for new activities, whether they accept followers one by one, whether their
 * images need an alt text, whether what has a content warning is shown opened, and the theme.
 */
export const preferences = z.object({
  default_ttl: ttl,
  default_audience: audience,
  approves_followers: z.boolean({ error: 'approves_followers_invalid' }),
  alt_required: z.boolean({ error: 'alt_required_invalid' }),
  open_warnings: z.boolean({ error: 'open_warnings_invalid' }),
  theme: z.enum(THEMES, { error: 'theme_invalid' }),
})
export type Preferences = z.infer<typeof preferences>
