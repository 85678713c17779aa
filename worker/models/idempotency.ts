/** A client's Idempotency-Key as stored: hashes that reveal neither the key nor the body. */
export type Idempotency = { hash: string; body_mac: string }

/** Returns the parameters of a SQL function for the key; null for a request without one. */
export const keyValues = (key: Idempotency | undefined) => ({
  key_hash: key?.hash ?? null,
  body_mac: key?.body_mac ?? null,
})
