import { type ComponentType, createContext } from 'react'
import type { ErrorItem } from '../../../../worker/contract/error.ts'

export type PlainImageFieldsProps = {
  /** Values of a refused form. */
  values: Partial<Record<string, string>> | undefined
  errors: readonly ErrorItem[]
}

/** The fields that work without script. Set at the edge (entry.server.tsx); null in the browser, which keeps their HTML as it is. */
export const PlainImageFieldsContext = createContext<ComponentType<PlainImageFieldsProps> | null>(null)
