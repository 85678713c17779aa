import type { QueryClient } from '@tanstack/react-query'
import { createContext, type LoaderFunctionArgs, type RouterContextProvider, redirect } from 'react-router'
import type { Activity } from '../../worker/contract/activity.ts'
import type { Session } from '../../worker/contract/session.ts'
import { type Api, ApiError } from '../net/api.ts'
import { isProfileSegment, paths } from './paths.ts'

/** What loaders and actions get as context, set by entry.server.tsx and entry.client.tsx. */
export type LoaderContext = {
  api: Api
  /** The API for optional parts. At the edge its reads run last, time out soon, and do not fail the page. */
  optionalApi: Api
  queries: QueryClient
  /** Whether the request has a valid session token. */
  signedIn: () => Promise<boolean>
  /** At the edge: whether Cognito was unreachable, so that the session is unknown. */
  outage: () => Promise<boolean>
}

export const loaderContext = createContext<LoaderContext>()

export const loaderContextOf = (context: Readonly<RouterContextProvider>): LoaderContext => context.get(loaderContext)

/**
 * Returns the loader context of a signed-in viewer; redirects others to sign-in and back.
 * @throws ApiError 503 if Cognito is unreachable, so that the session is unknown.
 */
export async function requireSignedIn({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>) {
  const loading = loaderContextOf(context)
  if (await loading.signedIn()) return loading
  if (await loading.outage()) {
    throw new ApiError(503, { errors: [{ code: 'identity_unavailable' }], request_id: '' })
  }
  const { pathname, search } = new URL(request.url)
  throw redirect(paths.signIn(pathname + search))
}

/** Returns a `next` parameter if it is a path of this site, else the home page's. Prevents open redirects. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || /[\\\p{Cc}]/u.test(next)) return paths.home()
  const url = new URL(next, 'http://here')
  const path = url.pathname + url.search + url.hash
  // Resolving dot segments can yield a path that starts with "//", which is another site's URL.
  return url.host === 'here' && !path.startsWith('//') ? path : paths.home()
}

/** Returns a safe `next` to pass on in a form or link; '' for the home page, which is the default. */
export function nextParam(next: string | null | undefined): string {
  const path = safeNext(next)
  return path === paths.home() ? '' : path
}

/** Returns the handle of an `@handle` path segment. @throws ApiError 404 for any other segment. */
export function handleParam(segment: string | undefined): string {
  if (segment && isProfileSegment(segment)) return segment.slice(1)
  throw new ApiError(404, { errors: [{ code: 'not_found' }], request_id: '' })
}

/** Checks that the viewer is the author of an activity. @throws ApiError 403 for others. */
export async function requireOwn(
  activity: Promise<Activity>,
  session: Promise<Pick<Session, 'viewer'>>,
): Promise<void> {
  const [{ user }, { viewer }] = await Promise.all([activity, session])
  if (viewer?.uuid !== user.uuid) throw new ApiError(403, { errors: [{ code: 'not_yours' }], request_id: '' })
}
