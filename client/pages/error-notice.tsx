import { isRouteErrorResponse, useLocation } from 'react-router'
import type { ErrorBody } from '../../worker/contract/error.ts'
import { PageHead } from '../components/layout/PageHead.tsx'
import { paths } from '../lib/paths.ts'
import { sentence } from '../lib/sentences.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

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

/** Says what is the matter, and leads on: again or to sign in where that may help, home otherwise. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { pathname, search } = useLocation()
  const { status, code } = describeError(error)
  const title = TITLES[status] ?? (status >= 500 ? 'This page did not load' : 'That did not work')
  const address = pathname + search
  return (
    <>
      <PageHead title={title} />
      <EmptyState
        title={title}
        level="h1"
        actions={
          status >= 500 ? (
            <ButtonLink to={address} reloadDocument>
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
      </EmptyState>
    </>
  )
}
