import { useEffect, useRef, useState } from 'react'
import {
  type ActionFunctionArgs,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
  useNavigation,
} from 'react-router'
import type { ErrorCode } from '../../../worker/contract/error.ts'
import { REPORT_NOTE_MAX } from '../../../worker/contract/limits.ts'
import type { ReportAnswer } from '../../../worker/contract/report.ts'
import type { Rule } from '../../../worker/contract/rules.ts'
import { useViewer } from '../../app-context.tsx'
import { PageHead } from '../../components/layout/page/PageHead.tsx'
import { Shell } from '../../components/layout/Shell.tsx'
import { ReporterFields } from '../../components/safety/ReporterFields.tsx'
import { ReportOutcome } from '../../components/safety/ReportOutcome.tsx'
import { RuleChoices } from '../../components/safety/RuleChoices.tsx'
import { field } from '../../forms/field.ts'
import { type FormFailure, failureIn, formIn, runForm, valuesOf } from '../../forms/form.ts'
import { type Api, ApiError, read } from '../../net/api.ts'
import { activityQuery } from '../../queries/activities/activities.ts'
import { profileQuery } from '../../queries/users/users.ts'
import { loaderContextOf } from '../../routing/loader-context.ts'
import { nextParam } from '../../routing/next-param.ts'
import { paths } from '../../routing/paths.ts'
import { safetyPaths } from '../../routing/safety-paths.ts'
import { fieldError, formErrors } from '../../texts/form-errors.ts'
import { Button } from '../../ui/button/Button.tsx'
import { ButtonLink } from '../../ui/button/ButtonLink.tsx'
import { CountedField } from '../../ui/form/CountedField.tsx'
import { ErrorText } from '../../ui/form/ErrorText.tsx'
import { FormError } from '../../ui/form/FormError.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'

/** What is reported, as hidden fields of the form. Its text and token go along, since it may expire before the report is sent. */
type Subject =
  | { activity_uuid: string; message: string; warning: string; images: string; report_token: string }
  | { handle: string }

/** Returns undefined if the API answered 404 or 410; throws any other error. */
const ignoreMissing = (error: unknown) => {
  if (!(error instanceof ApiError && (error.status === 404 || error.status === 410))) throw error
  return undefined
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, queries } = loaderContextOf(context)
  const query = new URL(request.url).searchParams
  const uuid = query.get('activity')
  const handle = query.get('user')
  const reference = query.get('reference')
  if (reference) {
    const answer = (await answerTo(api, reference).catch(ignoreMissing)) ?? null
    return {
      reference,
      answer,
      hasLostImages: query.get('images') === 'lost',
      subjectPath: nextParam(query.get('next')),
    }
  }
  if (uuid) {
    const activity = await queries.ensureQueryData(activityQuery(api, uuid)).catch(ignoreMissing)
    const { message = '', warning, images = [], report_token = '' } = activity ?? {}
    const imagesJson = images.length > 0 ? JSON.stringify(images.map(({ url, alt }) => ({ url, alt }))) : ''
    const subject: Subject | null = activity
      ? { activity_uuid: uuid, message, warning: warning ?? '', images: imagesJson, report_token }
      : null
    return { subject, by: activity?.user.handle }
  }
  const profile = handle ? await queries.ensureQueryData(profileQuery(api, handle)).catch(ignoreMissing) : undefined
  const subject: Subject | null = profile ? { handle: profile.handle } : null
  return { subject, by: profile?.handle }
}

const answerTo = (api: Api, reference: string): Promise<ReportAnswer> =>
  read(api.reports[':reference'].$get({ param: { reference } }))

/** Returns the images in the form's hidden field. If somebody has changed it, the report token does not fit, and the API says so. */
function imagesIn(json: string): { url: string; alt: string }[] {
  try {
    const images: unknown = JSON.parse(json)
    return Array.isArray(images) ? images : []
  } catch {
    return []
  }
}

/** Returns the path of the page that shows what a form reports. */
function pathOf({ activity_uuid: uuid, conversation, by = '', handle = by }: Partial<Record<string, string>>): string {
  if (conversation) return paths.conversation(conversation)
  if (handle === '') return paths.home()
  return uuid ? paths.activity({ uuid, user: { handle } }) : paths.profile(handle)
}

/** Sends the report, then shows its reference. With the intent `open` it shows the form. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { api } = loaderContextOf(context)
  const form = await formIn(request)
  // From a message: it has no page, so its Report button posts all that the form needs.
  if (field(form, 'intent') === 'open') return { errors: [], values: valuesOf(form) } satisfies FormFailure
  return runForm(form, async () => {
    const text = (name: string) => (field(form, name) === '' ? {} : { [name]: field(form, name) })
    const also = field(form, 'also')
    const json = {
      ...text('activity_uuid'),
      ...text('message_uuid'),
      ...text('handle'),
      ...text('message'),
      ...text('warning'),
      ...(form.has('images') && { images: imagesIn(field(form, 'images')) }),
      ...text('report_token'),
      ...text('note'),
      ...text('name'),
      ...text('email'),
      ...(form.has('good_faith') ? { good_faith: true } : {}),
      ...(also === 'block' || also === 'mute' ? ({ also } as const) : {}),
      reason: field(form, 'reason') as Rule,
    }
    const { reference, has_images } = await read(api.reports.$post({ json }))
    return redirect(
      safetyPaths.report({ reference, ...(!has_images && { images: 'lost' }), next: pathOf(valuesOf(form)) }),
      303,
    )
  })
}

/** Page to report an activity or a user, signed out too, or a message, and to look up what became of a report. */
export function Component() {
  const viewer = useViewer()
  const loaded = useLoaderData<typeof loader>()
  const failure = failureIn(useActionData())
  return (
    <Shell viewer={viewer}>
      <PageHead />
      <PageTitle>Report</PageTitle>
      {'answer' in loaded ? (
        <ReportOutcome
          answer={loaded.answer}
          reference={loaded.reference ?? ''}
          hasLostImages={loaded.hasLostImages}
          subjectPath={loaded.subjectPath}
          signedIn={viewer !== null}
        />
      ) : (
        <ReportForm subject={loaded.subject} by={loaded.by ?? failure?.values.by} failure={failure} />
      )}
    </Shell>
  )
}

type ReportFormProps = { subject: Subject | null; by: string | undefined; failure: FormFailure | undefined }

function ReportForm({ subject, by, failure }: ReportFormProps) {
  const viewer = useViewer()
  const { state } = useNavigation()
  const { errors, values } = failure ?? {}
  const fields: Record<string, string> = subject ? { ...subject, ...(by && { by }) } : (values ?? {})
  const hidden = Object.entries(fields).filter(([name]) => SUBJECT_FIELDS.has(name))
  const message = subject && 'message' in subject ? subject.warning || subject.message : values?.message
  const reasonError = fieldError(errors, 'reason')
  const reasons = useRef<HTMLFieldSetElement>(null)
  // In a new document `autoFocus` focuses the first reason; after a failure in the running app, this does.
  const [failureOfDocument] = useState(failure)
  useEffect(() => {
    if (reasonError && failure !== failureOfDocument) reasons.current?.querySelector('input')?.focus()
  }, [reasonError, failure, failureOfDocument])
  const refusal = errors?.map(({ code }) => REFUSALS[code]).find(Boolean)
  const { length: imagesCount } = imagesIn(String(hidden.find(([name]) => name === 'images')?.[1]))
  if (hidden.length === 0) {
    return (
      <>
        <p className="confirmation">
          There is nothing here to report: it has ended, or the address is incomplete. To see what became of a report,
          enter its reference.
        </p>
        <ReportOutcome answer={null} reference="" />
      </>
    )
  }
  return (
    <Form method="post" action={safetyPaths.report()} className="form confirmation" noValidate>
      <FormError
        sentences={refusal ? [refusal] : formErrors(errors, ['reason', 'note', 'name', 'email', 'good_faith'])}
      />
      {hidden.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {by && <p>{`What’s wrong with ${nounOf(fields)} @${by}?`}</p>}
      {message && <blockquote dir="auto">{message}</blockquote>}
      {imagesCount > 0 && (
        <p className="soft">{imagesCount === 1 ? 'With its image.' : `With its ${imagesCount} images.`}</p>
      )}
      <fieldset className="choices lines" ref={reasons}>
        <legend>Reason</legend>
        {reasonError && <ErrorText id="reason-error">{reasonError}</ErrorText>}
        <RuleChoices name="reason" chosen={values?.reason} isMissing={reasonError !== undefined} />
      </fieldset>
      <CountedField
        name="note"
        label="Anything that helps to judge it"
        max={REPORT_NOTE_MAX}
        value={values?.note ?? ''}
        multiline
        error={fieldError(errors, 'note')}
      />
      {viewer ? (
        <fieldset className="choices">
          <legend>What you can do yourself</legend>
          {[
            ['', 'Nothing else'],
            ['mute', 'Mute them'],
            ['block', 'Block them'],
          ].map(([value, label]) => (
            <label key={value}>
              <input type="radio" name="also" value={value} defaultChecked={(values?.also ?? '') === value} />
              {label}
            </label>
          ))}
        </fieldset>
      ) : (
        <ReporterFields errors={errors} values={values} />
      )}
      <p className="soft">
        Moderators see what you report and what you write here, for up to 30 days. Reporting doesn’t change when it
        expires. You’re told what they decide; the author isn’t told who reported it.
      </p>
      <div className="buttons">
        <Button pending={state === 'submitting'}>Send report</Button>
        <ButtonLink look="quiet" href={pathOf(fields)}>
          Cancel
        </ButtonLink>
      </div>
    </Form>
  )
}

const nounOf = ({ activity_uuid, message_uuid }: Partial<Record<string, string>>) =>
  activity_uuid ? 'this crud by' : message_uuid ? 'this message by' : 'the profile of'

/** Errors whose general sentence speaks of a page. */
const REFUSALS: Partial<Record<ErrorCode, string>> = {
  gone: 'It ended more than a day ago, or its author has left. It can’t be reported any more.',
  not_found: 'You can’t report what isn’t shown to you.',
}

const SUBJECT_FIELDS = new Set([
  'activity_uuid',
  'message_uuid',
  'handle',
  'message',
  'warning',
  'images',
  'report_token',
  'by',
  'conversation',
])
