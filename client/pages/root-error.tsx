import { useRouteError } from 'react-router'
import { Door } from '../components/layout/Door.tsx'
import { paths } from '../lib/paths.ts'
import { sentence } from '../lib/sentences.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { describeError } from './error-notice.tsx'

/** What is shown when not even who reads could be found out: a page that needs nothing. */
export function RootError() {
  const { status, code } = describeError(useRouteError())
  const title = status === 503 ? 'Out of reach' : 'This page did not load'
  return (
    <Door title={title} lead={sentence(code)}>
      <title>{`${title} · Cruddur`}</title>
      <meta name="robots" content="noindex" />
      <ButtonLink to={paths.home()} reloadDocument>
        Try again
      </ButtonLink>
    </Door>
  )
}
