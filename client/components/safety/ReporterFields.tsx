import type { ErrorItem } from '../../../worker/contract/error.ts'
import { fieldError } from '../../texts/form-errors.ts'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { Field } from '../../ui/form/Field.tsx'

type ReporterFieldsProps = { errors: ErrorItem[] | undefined; values: Record<string, string> | undefined }

/** Fields for a signed-out reporter: the law asks for name, email and good faith. */
export function ReporterFields({ errors, values }: ReporterFieldsProps) {
  const goodFaithError = fieldError(errors, 'good_faith')
  return (
    <>
      <Field
        name="name"
        label="Your name"
        hint="Not needed if it is about child sexual abuse, nor is the email."
        autoComplete="name"
        defaultValue={values?.name}
        error={fieldError(errors, 'name')}
      />
      <Field
        name="email"
        type="email"
        label="Your email"
        autoComplete="email"
        defaultValue={values?.email}
        error={fieldError(errors, 'email')}
      />
      <div className="choices">
        <label>
          <input
            type="checkbox"
            name="good_faith"
            value="on"
            defaultChecked={values?.good_faith === 'on'}
            aria-describedby={goodFaithError && 'good-faith-error'}
          />
          I believe that what I report is true and complete.
        </label>
        {goodFaithError && <ErrorText id="good-faith-error">{goodFaithError}</ErrorText>}
      </div>
    </>
  )
}
