import { useActionData, useLocation, useRouteError } from 'react-router'
import { AuthLayout } from '../../components/layout/AuthLayout.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { failureIn, textFields } from '../../forms/form.ts'
import { errorMessage } from '../../texts/lazy-error-messages.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { describeError } from './error-notice.tsx'

/** Shown when the root loader failed, so the viewer is unknown. Needs no data. */
export function RootError() {
  const { pathname, search } = useLocation()
  const { status, code, until } = describeError(useRouteError())
  const failure = failureIn(useActionData())
  const draft = failure && textFields(failure)
  const title = status === 503 ? 'Out of reach' : 'This page didn’t load'
  return (
    <AuthLayout title={title} lead={errorMessage(code, until)}>
      <PageHead title={title} />
      {draft && (
        <label className="field">
          Your words are still here. Copy them, then try again.
          <textarea readOnly rows={5} defaultValue={draft} dir="auto" />
        </label>
      )}
      <ButtonLink href={pathname + search} data-document>
        Try again
      </ButtonLink>
    </AuthLayout>
  )
}
