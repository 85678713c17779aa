import { useEffect } from 'react'
import { isRouteErrorResponse, useLocation, useNavigate } from 'react-router'
import type { ErrorBody } from '../../../worker/contract/error.ts'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { useOffline } from '../../net/online-status.ts'
import { paths } from '../../routing/paths.ts'
import { errorMessage } from '../../texts/lazy-error-messages.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

const TITLES: Record<number, string> = {
  401: 'Please sign in',
  403: 'You can’t do that',
  404: 'Nothing is here',
  410: 'Burnt out',
  413: 'Too large',
  503: 'Out of reach',
}

/** Returns a route error's status, error code and, of a rate limit, its end. React Router's own 404 and 405 have no code. */
export function describeError(error: unknown): { status: number; code: string; until?: string | undefined } {
  if (!isRouteErrorResponse(error)) return { status: 500, code: 'internal' }
  const [item] = (error.data as Partial<ErrorBody> | null)?.errors ?? []
  const code = item?.code ?? (error.status === 404 ? 'not_found' : 'internal')
  return { status: error.status, code, until: item?.until }
}

const UNREACHABLE = { status: 503, code: 'database_unavailable', until: undefined } as const

/** Error message with a way on: try again, sign in, or go home. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { pathname, search } = useLocation()
  const offline = useOffline()
  // Offline, that is the cause of any error.
  const { status, code, until } = offline ? UNREACHABLE : describeError(error)
  const title = TITLES[status] ?? (status >= 500 ? 'This page didn’t load' : 'That didn’t work')
  const path = pathname + search
  // Browsers cache the failure of a dynamic import, so only a new document can load the chunk.
  const isBroken = !isRouteErrorResponse(error)
  useRetryOnline(path, status >= 500, isBroken)
  return (
    <>
      <PageHead title={title} />
      <EmptyState
        title={title}
        level="h1"
        actions={
          status >= 500 ? (
            // Offline within the app: loading a document would show the browser's own error page.
            <ButtonLink href={path} data-document={(isBroken && !offline) || undefined}>
              Try again
            </ButtonLink>
          ) : status === 401 ? (
            // data-document: the running app assumes that its viewer is signed in.
            <ButtonLink href={paths.signIn(path)} data-document>
              Sign in
            </ButtonLink>
          ) : (
            <ButtonLink href={paths.home()}>See what’s burning now</ButtonLink>
          )
        }
      >
        {errorMessage(code, until)}
        {/* The body was not read, so the input exists only in the previous page. */}
        {status === 413 && ' Press Back in your browser to find what you typed.'}
      </EmptyState>
    </>
  )
}

/** Retries when the browser is back online. */
function useRetryOnline(path: string, enabled: boolean, isBroken: boolean): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (!enabled) return
    const retry = () => (isBroken ? location.reload() : void navigate(path, { replace: true }))
    window.addEventListener('online', retry)
    return () => window.removeEventListener('online', retry)
  }, [navigate, path, enabled, isBroken])
}
