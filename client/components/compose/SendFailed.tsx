import { useLocation } from 'react-router'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import { paths } from '../../routing/paths.ts'
import { sendFailure } from '../../texts/form-errors.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'

const isSignedOut = ({ code }: ErrorItem) => code === 'session_ended' || code === 'unauthorized'

type SendFailedProps = {
  id?: string
  errors: readonly ErrorItem[]
  /** Inputs that show their errors themselves. */
  fields?: readonly string[]
}

/** Says above a text box why the text was not sent. Signed out, links to sign-in, which returns to this page. */
export function SendFailed({ id, errors, fields = [] }: SendFailedProps) {
  const { pathname, search } = useLocation()
  const sentences = sendFailure(errors, fields)
  if (sentences.length === 0) return null
  return (
    <div className="form-error" id={id} role="alert">
      {sentences.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {errors.some(isSignedOut) && (
        // A document load: the running app would still have the old session.
        <ButtonLink small href={paths.signIn(pathname + search)} data-document>
          Sign in
        </ButtonLink>
      )}
    </div>
  )
}
