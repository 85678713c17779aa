import type { QueryClient } from '@tanstack/react-query'
import { createContext, type LoaderFunctionArgs, type RouterContextProvider, redirect } from 'react-router'
import type { Activity } from '../../worker/contract/activity.ts'
import type { Session } from '../../worker/contract/session.ts'
import { type Api, ApiError } from '../net/api.ts'
import { isProfileSegment, paths } from './paths.ts'

/** What loaders and actions work with; the entries set it, one for the edge and one for the browser. */
export type LoaderContext = {
  api: Api
  /** At the edge: the API for what a page can do without. Its reads come last, have little time, and fail alone. */
  optionalApi: Api
  queries: QueryClient
  /** Whether there is a session, as far as its token tells. */
  signedIn: () => Promise<boolean>
  /** At the edge: Cognito could not be asked who this is. */
  outage: () => Promise<boolean>
}

export const loaderContext = createContext<LoaderContext>()

export const loaderContextOf = (context: Readonly<RouterContextProvider>): LoaderContext => context.get(loaderContext)

/** Sends a signed-out visitor to sign in, and back afterwards; 503 while nobody can tell who it is. */
export async function requireSignedIn({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>) {
  const loading = loaderContextOf(context)
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
  const path = url.pathname + url.search + url.hash
  // Taking dots out of a path can leave one that begins with two slashes, which is another site's address.
  return url.host === 'here' && !path.startsWith('//') ? path : paths.home()
}

/** The same as a page hands it on, in a form or a link; '' when that is the home page anyway. */
export function nextOn(next: string | null | undefined): string {
  const path = safeNext(next)
  return path === paths.home() ? '' : path
}

/** The handle in a page's address. @throws ApiError 404 for a segment that is no person's. */
export function handleParam(segment: string | undefined): string {
  if (segment && isProfileSegment(segment)) return segment.slice(1)
  throw new ApiError(404, { errors: [{ code: 'not_found' }], request_id: '' })
}

/** A crud for a page that is its author's alone. @throws ApiError 403 for anybody else. */
export async function loadOwn(activity: Promise<Activity>, session: Promise<Pick<Session, 'viewer'>>): Promise<void> {
  const [{ user }, { viewer }] = await Promise.all([activity, session])
  if (viewer?.uuid !== user.uuid) throw new ApiError(403, { errors: [{ code: 'not_yours' }], request_id: '' })
}
