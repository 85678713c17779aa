import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react'

const HasScriptContext = createContext(false)

/** Provides `useHasScript`. The switch is a transition: rendering what depends on it in slices keeps a slow phone responsive. */
export function HasScriptProvider({ children }: { children: ReactNode }) {
  const [hasScript, setScripted] = useState(false)
  useEffect(() => startTransition(() => setScripted(true)), [])
  return <HasScriptContext value={hasScript}>{children}</HasScriptContext>
}

/** Returns whether the page is hydrated: false on the server and during hydration, so that both render the same. */
export const useHasScript = (): boolean => useContext(HasScriptContext)
