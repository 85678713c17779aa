import { createContext, type ReactNode, useContext } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { User } from '../../worker/contract/user.ts'
import type { Api } from './api.ts'

const ApiContext = createContext<Api | null>(null)

export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>
}

/** The API, for components that load more by themselves. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi needs an ApiProvider around it')
  return api
}

/** What the root route loads. */
export type RootData = { viewer: User | null }

/** Who reads; null signed out, and on error pages that do not know. */
export function useViewer(): User | null {
  return (useRouteLoaderData('root') as RootData | undefined)?.viewer ?? null
}
