import { memo, useState } from 'react'

/**
 * Names this filling-in of a form, so that sending it again after a lost answer makes nothing twice (lib/send-once.ts).
 * Whoever sends the form gives it another name for other words. Drawn once: React would give it the first name again.
 */
export const IdempotencyField = memo(() => {
  const [attempt] = useState(() => crypto.randomUUID())
  // The edge's name stays through hydration: the form may be on its way already.
  return <input type="hidden" name="attempt" defaultValue={attempt} suppressHydrationWarning />
})
