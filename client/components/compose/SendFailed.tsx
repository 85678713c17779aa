import { useLocation } from 'react-router'
import type { ErrorItem } from '../../../worker/contract/error.ts'
import { paths } from '../../routing/paths.ts'
import { sendFailure } from '../../texts/sentences.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'

const isSignedOut = ({ code }: ErrorItem) => code === 'session_ended' || code === 'unauthorized'

type NotSentProps = {
  id?: string
  errors: readonly ErrorItem[]
  /** Inputs whose errors stand beside them. */
  fields?: readonly string[]
}

/** Why words were not sent, above their box; whoever is signed out by now finds the way in, and back to here. */
export function SendFailed({ id, errors, fields = [] }: NotSentProps) {
  const { pathname, search } = useLocation()
  const sentences = sendFailure(errors, fields)
  if (sentences.length === 0) return null
  return (
    <div className="form-error" id={id} role="alert">
      {sentences.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {errors.some(isSignedOut) && (
        // A whole document: the app that is running takes its reader to be signed in.
        <ButtonLink small to={paths.signIn(pathname + search)} reloadDocument>
          Sign in
        </ButtonLink>
      )}
    </div>
  )
}
