import { data, redirect } from 'react-router'
import type { ErrorItem } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'
import { paths } from '../routing/paths.ts'
import { orphanedDraftIn } from './orphaned-draft.ts'

/** The errors of a form that was refused, and its values. */
export type FormFailure = { errors: ErrorItem[]; values: Record<string, string> }

/** Fields that are never rendered back. */
const SECRET = new Set(['password', 'current', 'new', 'new_password', 'code'])

/** A form's fields as text; files and secrets left out. */
function typed(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts.filter(([name]) => !SECRET.has(name)))
}

/** The text that somebody wrote into a form. */
export const textFields = ({ values }: FormFailure): string => values.message ?? values.bio ?? ''

const isSignedOut = ({ errors }: FormFailure) =>
  errors.some(({ code }) => code === 'session_ended' || code === 'unauthorized')

/** The session had ended when a form was posted. The form's page may need one, so the error page shows the text. */
export class SignedOutError extends ApiError {
  readonly failure: FormFailure

  constructor(failure: FormFailure) {
    super(401, { errors: failure.errors, request_id: '' })
    this.failure = failure
  }
}

/** The form in a request. @throws ApiError 400 for any other body. */
export async function formIn(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw new ApiError(400, { errors: [{ code: 'bad_request' }], request_id: '' })
  }
}

export const field = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/**
 * Runs a form's write. On failure the same page is rendered with the errors and the values (FormFailure). An account whose password
 * must be reset is redirected to that page.
 */
export async function runForm<T>(form: FormData, work: () => Promise<T>) {
  try {
    return await work()
  } catch (error) {
    // The form's page is gone with its activity: the error page offers the text.
    if (!(error instanceof ApiError) || orphanedDraftIn(error) !== null) throw error
    if (error.data.errors.some(({ code }) => code === 'password_reset_required')) {
      return redirect(paths.forgot(field(form, 'email'), { required: '1', next: field(form, 'next') }), 303)
    }
    const failure: FormFailure = { errors: error.data.errors, values: typed(form) }
    if (textFields(failure) !== '' && isSignedOut(failure)) throw new SignedOutError(failure)
    return data(failure, error.status)
  }
}

/** An action's result, if it is a failure. */
export const failureIn = (actionData: unknown): FormFailure | undefined =>
  actionData && typeof actionData === 'object' && 'errors' in actionData ? (actionData as FormFailure) : undefined
