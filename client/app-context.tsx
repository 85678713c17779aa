import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { Preferences } from '../worker/contract/preferences.ts'
import type { User } from '../worker/contract/user.ts'
import type { SharingTagsProps } from './components/layout/page/SharingTags.tsx'
import type { Api } from './net/api.ts'

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

/** What only signed-out readers need. */
export type SignedOutParts = {
  /** Where this site is, as the request had it: `https://cruddur.example`. */
  origin: string
  /** Describes a page to search engines and chats. */
  SharingTags: ComponentType<SharingTagsProps>
  /** Opens the home page. */
  Invitation: ComponentType
}

/**
 * Given by the edge (entry.server.tsx), and null in the browser: signed-out pages carry no script, so that nobody
 * downloads what only they show.
 */
export const SignedOutContext = createContext<SignedOutParts | null>(null)

/** What the root route loads. */
export type RootData = { viewer: User | null; preferences?: Preferences | undefined }

const useRootData = () => useRouteLoaderData('root') as RootData | undefined

/** Who reads; null signed out, and on error pages that do not know. */
export function useViewer(): User | null {
  return useRootData()?.viewer ?? null
}

/** What the reader has chosen for themselves; undefined signed out. */
export function usePreferences(): Preferences | undefined {
  return useRootData()?.preferences
}
