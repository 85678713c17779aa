/** TTLs that an author can choose, in seconds. Shortest first, as the form shows them. */
export const TTL_SECONDS = {
  '1-hour': 3_600,
  '3-hours': 10_800,
  '12-hours': 43_200,
  '1-day': 86_400,
  '3-days': 259_200,
  '7-days': 604_800,
  '30-days': 2_592_000,
} as const

/** Name of a TTL, as API clients send it. */
export type Ttl = keyof typeof TTL_SECONDS

export const TTLS = Object.keys(TTL_SECONDS) as Ttl[]

/** TTL of users who have not chosen a default. */
export const DEFAULT_TTL: Ttl = '7-days'
