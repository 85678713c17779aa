/** What a client's Idempotency-Key becomes: nothing of the key or of the body can be read from it. */
export type Idempotency = { hash: string; body_mac: string }

/** The key as functions take it; null for a request without one. */
export const keyValues = (key: Idempotency | undefined) => ({
  key_hash: key?.hash ?? null,
  body_mac: key?.body_mac ?? null,
})
