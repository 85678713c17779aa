import { memo, useState } from 'react'

/**
 * Hidden input with the form's idempotency key: submitted again after a lost answer, the form creates nothing twice
 * (idempotency-key.ts). Memoized, since a rerender would reset a key that was changed for another text.
 */
export const IdempotencyField = memo(() => {
  const [key] = useState(() => crypto.randomUUID())
  // Hydration keeps the server's key: the form may have been submitted already.
  return <input type="hidden" name="idempotency_key" defaultValue={key} suppressHydrationWarning />
})
