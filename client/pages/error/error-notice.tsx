import { useEffect } from 'react'
import { isRouteErrorResponse, useLocation, useNavigate } from 'react-router'
import type { ErrorBody } from '../../../worker/contract/error.ts'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { useOffline } from '../../net/online-status.ts'
import { paths } from '../../routing/paths.ts'
import { sentence } from '../../texts/sentences.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

const TITLES: Record<number, string> = {
  401: 'Please sign in',
  403: 'Not yours to do',
  404: 'Nothing is here',
  410: 'Burnt out',
  413: 'Too large',
  503: 'Out of reach',
}

/** What is known of a route's error. React Router's own 404 and 405 have no body of ours. */
export function describeError(error: unknown): { status: number; code: string } {
  if (!isRouteErrorResponse(error)) return { status: 500, code: 'internal' }
  const [item] = (error.data as Partial<ErrorBody> | null)?.errors ?? []
  return { status: error.status, code: item?.code ?? (error.status === 404 ? 'not_found' : 'internal') }
}

const OUT_OF_REACH = { status: 503, code: 'database_unavailable' } as const

/** Says what is the matter, and leads on: again or to sign in where that may help, home otherwise. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { pathname, search } = useLocation()
  const offline = useOffline()
  // Offline, whatever it is that did not come did not come for that.
  const { status, code } = offline ? OUT_OF_REACH : describeError(error)
  const title = TITLES[status] ?? (status >= 500 ? 'This page did not load' : 'That did not work')
  const address = pathname + search
  // A file of ours that did not come does not come on a second asking either: browsers remember.
  const isBroken = !isRouteErrorResponse(error)
  useOnceOnline(address, status >= 500, isBroken)
  return (
    <>
      <PageHead title={title} />
      <EmptyState
        title={title}
        level="h1"
        actions={
          status >= 500 ? (
            // Within the app: offline, a document would be the browser's own page of despair.
            <ButtonLink to={address} reloadDocument={isBroken && !offline}>
              Try again
            </ButtonLink>
          ) : status === 401 ? (
            // A whole document: the app that is running takes its reader to be signed in.
            <ButtonLink to={paths.signIn(address)} reloadDocument>
              Sign in
            </ButtonLink>
          ) : (
            <ButtonLink to={paths.home()}>See what is burning now</ButtonLink>
          )
        }
      >
        {sentence(code)}
        {/* What was typed is in the page before, and in none of ours. */}
        {status === 413 && ' Your browser’s Back button leads to what you typed.'}
      </EmptyState>
    </>
  )
}

/** Tries again by itself when the network is back. */
function useOnceOnline(address: string, enabled: boolean, isBroken: boolean): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (!enabled) return
    const again = () => (isBroken ? location.reload() : void navigate(address, { replace: true }))
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [navigate, address, enabled, isBroken])
}
