import * as z from 'zod/mini'
import { TTLS } from './ttl.ts'

/** Schema of a TTL's name. */
export const ttl = z.enum(TTLS, { error: 'ttl_blank' })
