import * as z from 'zod/mini'
import { TTLS } from './limits.ts'

/** The name of a lifetime. */
export const ttl = z.enum(TTLS, { error: 'ttl_blank' })
