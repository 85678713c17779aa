import { data, redirect } from 'react-router'
import type { ErrorItem } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'
import { paths } from '../routing/paths.ts'
import { orphanedDraftIn } from './drafts/orphaned-draft.ts'
import { field } from './field.ts'

/** The errors and values of a refused form. `audienceWarning`: it was not refused, but is shown again once with this text. */
export type FormFailure = { errors: ErrorItem[]; values: Record<string, string>; audienceWarning?: string }

/** Secret fields, whose values are never rendered. */
const SECRET = new Set(['password', 'current', 'new', 'new_password', 'code'])

/** Returns a form's text fields, without files and secrets. */
export function valuesOf(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts.filter(([name]) => !SECRET.has(name)))
}

/** Returns what the user has written in a form. */
export function textFields({ values }: FormFailure): string {
  // The form of a report: its message and warning are those of what is reported.
  if (values.note !== undefined) return values.note
  const text = values.text ?? values.statement ?? values.answer ?? values.message ?? values.bio
  const alts = Object.keys(values).flatMap((name) => (name.startsWith('alt_') && values[name]) || [])
  return [values.warning, text, ...alts].filter(Boolean).join('\n')
}

const isSignedOut = ({ errors }: FormFailure) =>
  errors.some(({ code }) => code === 'session_ended' || code === 'unauthorized')

/** A form was posted after its session had ended. The form's page may require a session, so the error page shows the text. */
export class SignedOutError extends ApiError {
  readonly failure: FormFailure

  constructor(failure: FormFailure) {
    super(401, { errors: failure.errors, request_id: '' })
    this.failure = failure
  }
}

/** Returns the form in a request. @throws ApiError 400 for any other body. */
export async function formIn(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw new ApiError(400, { errors: [{ code: 'bad_request' }], request_id: '' })
  }
}

/**
 * Runs a form's write. On failure, the same page is rendered with the errors and values (FormFailure). If the account's password
 * must be reset, redirects to the page for that.
 */
export async function runForm<T>(form: FormData, work: () => Promise<T>) {
  try {
    return await work()
  } catch (error) {
    // The activity is gone, and the form's page with it: the error page shows the text.
    if (!(error instanceof ApiError) || orphanedDraftIn(error) !== null) throw error
    if (error.data.errors.some(({ code }) => code === 'password_reset_required')) {
      return redirect(paths.forgot(field(form, 'email'), { required: '1', next: field(form, 'next') }), 303)
    }
    const failure: FormFailure = { errors: error.data.errors, values: valuesOf(form) }
    if (textFields(failure) !== '' && isSignedOut(failure)) throw new SignedOutError(failure)
    return data(failure, error.status)
  }
}

/** Returns an action's result if it is a FormFailure; else undefined. */
export const failureIn = (actionData: unknown): FormFailure | undefined =>
  actionData && typeof actionData === 'object' && 'errors' in actionData ? (actionData as FormFailure) : undefined
