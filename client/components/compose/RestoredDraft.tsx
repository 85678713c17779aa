import { useLocation } from 'react-router'
import { type FormFailure, textFields } from '../../forms/form.ts'
import { useHasScript } from '../../has-script.tsx'
import { paths } from '../../routing/paths.ts'
import { errorMessage } from '../../texts/lazy-error-messages.ts'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageHead } from '../layout/page/PageHead.tsx'

/** Shows the text of a form that was posted after its session had ended. */
export function RestoredDraft({ failure }: { failure: FormFailure }) {
  const { pathname, search } = useLocation()
  const sentences = [...new Set(failure.errors.map(({ code, until }) => errorMessage(code, until)))]
  return (
    <section className="kept" aria-labelledby="kept">
      <PageHead title="Not sent" />
      <h1 id="kept">Not sent</h1>
      <FormError sentences={sentences} />
      <label className="field">
        {useHasScript()
          ? 'Your words are still here. Sign in to carry on.'
          : 'Your words are still here. Copy them, then sign in.'}
        <textarea readOnly rows={5} defaultValue={textFields(failure)} dir="auto" />
      </label>
      {/* A document load: the running app would still have the old session. */}
      <ButtonLink href={paths.signIn(pathname + search)} data-document>
        Sign in
      </ButtonLink>
    </section>
  )
}
