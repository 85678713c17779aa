import type { QueryClient } from '@tanstack/react-query'
import { createContext, type LoaderFunctionArgs, type RouterContextProvider, redirect } from 'react-router'
import { type Api, ApiError } from './api.ts'
import { isProfileSegment, paths } from './paths.ts'

/** What loaders and actions work with; the entries set it, one for the edge and one for the browser. */
export type Loading = {
  api: Api
  queries: QueryClient
  /** Whether there is a session, as far as its token tells. */
  signedIn: () => Promise<boolean>
  /** At the edge: Cognito could not be asked who this is. */
  outage: () => Promise<boolean>
}

export const loadingContext = createContext<Loading>()

export const loadingIn = (context: Readonly<RouterContextProvider>): Loading => context.get(loadingContext)

/** Sends a signed-out visitor to sign in, and back afterwards; 503 while nobody can tell who it is. */
export async function requireSignedIn({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>) {
  const loading = loadingIn(context)
  if (await loading.signedIn()) return loading
  if (await loading.outage()) {
    throw new ApiError(503, { errors: [{ code: 'identity_unavailable' }], request_id: '' })
  }
  const { pathname, search } = new URL(request.url)
  throw redirect(paths.signIn(pathname + search))
}

/** A path of this site to go on to, or the home page: never another site's address. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || /[\\\p{Cc}]/u.test(next)) return paths.home()
  const url = new URL(next, 'http://here')
  return url.host === 'here' ? url.pathname + url.search + url.hash : paths.home()
}

/** The handle in a page's address. @throws ApiError 404 for a segment that is no person's. */
export function handleIn(segment: string | undefined): string {
  if (segment && isProfileSegment(segment)) return segment.slice(1)
  throw new ApiError(404, { errors: [{ code: 'not_found' }], request_id: '' })
}
