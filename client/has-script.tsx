import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'

const ScriptedContext = createContext(false)

/**
 * Says when script has taken over. In a transition: what depends on it is drawn piece by piece, so that a slow phone
 * answers its reader meanwhile.
 */
export function HasScriptProvider({ children }: { children: ReactNode }) {
  const [scripted, setScripted] = useState(false)
  useEffect(() => startTransition(() => setScripted(true)), [])
  return <ScriptedContext value={scripted}>{children}</ScriptedContext>
}

/** Whether script has taken over: false on the server and while hydrating, so that both render the same. */
export const useHasScript = (): boolean => useContext(ScriptedContext)
