import type { QueryClient } from '@tanstack/react-query'
import { createContext, type RouterContextProvider } from 'react-router'
import type { Api } from '../net/api.ts'

/** What loaders and actions get as context, set by entry.server.tsx and entry.client.tsx. */
export type LoaderContext = {
  api: Api
  /** The API for optional parts. At the edge its reads run last, time out soon, and do not fail the page. */
  optionalApi: Api
  queries: QueryClient
  /** Whether the request has a valid session token. */
  isSignedIn: () => Promise<boolean>
  /** Whether Cognito could not be reached, so that the session is unknown. In the browser always false. */
  isIdentityDown: () => Promise<boolean>
}

/** React Router's key of the context. */
export const loaderContext = createContext<LoaderContext>()

/** Returns the context of a loader or action. */
export const loaderContextOf = (context: Readonly<RouterContextProvider>): LoaderContext => context.get(loaderContext)
