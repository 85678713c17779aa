import { memo, useState } from 'react'

/**
 * Hidden input with the form's idempotency key: a form that is submitted again after a lost response creates nothing twice
 * (idempotency-key.ts). Memoized, since a rerender would reset a key that script has set.
 */
export const IdempotencyField = memo(() => {
  const [key] = useState(() => crypto.randomUUID())
  // Hydration keeps the server's key: the form may have been submitted already.
  return <input type="hidden" name="idempotency_key" defaultValue={key} suppressHydrationWarning />
})
