import { useState } from 'react'

/**
 * Names this filling-in of a form, so that sending it again after a lost answer makes nothing twice (lib/send-once.ts).
 * Give it another `key` once the form was taken: the same words are then meant anew.
 */
export function AttemptField() {
  const [attempt] = useState(() => crypto.randomUUID())
  // The edge's name stays through hydration: the form may be on its way already.
  return <input type="hidden" name="attempt" defaultValue={attempt} suppressHydrationWarning />
}
