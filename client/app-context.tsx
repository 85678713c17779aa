import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { Preferences } from '../worker/contract/preferences.ts'
import type { User } from '../worker/contract/user.ts'
import type { NavItem } from './components/layout/nav/nav-items.ts'
import type { SharingTagsProps } from './components/layout/page/SharingTags.tsx'
import type { Api } from './net/api.ts'

const ApiContext = createContext<Api | null>(null)

/** Provides the API client. */
export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>
}

/** Returns the API client, for components that fetch or write. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi needs an ApiProvider around it')
  return api
}

/** Components of signed-out pages only, and what they need. */
type SignedOutParts = {
  /** Origin of the request: `https://cruddur.example`. */
  origin: string
  SharingTags: ComponentType<SharingTagsProps>
  Header: ComponentType
  navItems: readonly NavItem[]
  Landing: ComponentType
}

/** Set at the edge (entry.server.tsx), so that the browser's script lacks these components: signed-out pages have none. Null there. */
export const SignedOutContext = createContext<SignedOutParts | null>(null)

/** Data of the root route. */
export type RootData = { viewer: User | null; preferences?: Preferences | undefined }

const useRootData = () => useRouteLoaderData('root') as RootData | undefined

/** Returns the signed-in user; null when signed out, or if the root loader failed. */
export function useViewer(): User | null {
  return useRootData()?.viewer ?? null
}

/** Returns the viewer's preferences; undefined when signed out. */
export function usePreferences(): Preferences | undefined {
  return useRootData()?.preferences
}
