import { createContext, useContext } from 'react'
import { useHasScript } from '../has-script.tsx'

/** Whether the request for the document had the header Save-Data. */
export const SavesDataContext = createContext(false)

/** Network information, which Chromium alone has: https://developer.mozilla.org/docs/Web/API/NetworkInformation. */
type Connection = { saveData?: boolean; effectiveType?: string }

export const connection = (): Connection => (navigator as { connection?: Connection }).connection ?? {}

/** Returns whether the user asked to reduce data use: then images load only on a press. */
export function useSavesData(): boolean {
  const byHeader = useContext(SavesDataContext)
  return (useHasScript() && connection().saveData) || byHeader
}
