import { data, redirect } from 'react-router'
import type { ErrorItem } from '../../worker/contract/error.ts'
import { ApiError } from '../net/api.ts'
import { paths } from '../routing/paths.ts'
import { orphanedDraftIn } from './orphaned-draft.ts'

/** Why a form was not accepted, and what had been typed into it. */
export type FormFailure = { errors: ErrorItem[]; values: Record<string, string> }

/** Never sent back, so that a password is in no page. */
const SECRET = new Set(['password', 'current', 'new', 'new_password', 'code'])

/** A form's fields as text; files and secrets left out. */
function typed(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(texts.filter(([name]) => !SECRET.has(name)))
}

/** What somebody wrote, of all that a form holds. */
export const textFields = ({ values }: FormFailure): string => values.message ?? values.bio ?? ''

const isSignedOut = ({ errors }: FormFailure) =>
  errors.some(({ code }) => code === 'session_ended' || code === 'unauthorized')

/** The sender of a form is signed out by now: the form's own page may be closed to them, so another shows their words. */
export class SignedOutError extends ApiError {
  readonly failure: FormFailure

  constructor(failure: FormFailure) {
    super(401, { errors: failure.errors, request_id: '' })
    this.failure = failure
  }
}

/** The form that a request carries. @throws ApiError 400 for a body that is none. */
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
 * Does what a form asks for. Whatever the API refuses, or if it cannot be reached, the same page comes back with the
 * reasons and with what was typed. An account whose password must be reset leads to the page where that is done.
 */
export async function runForm<T>(form: FormData, work: () => Promise<T>) {
  try {
    return await work()
  } catch (error) {
    // The form's own page is gone with the crud that it is about; its words go to another.
    if (!(error instanceof ApiError) || orphanedDraftIn(error) !== null) throw error
    if (error.data.errors.some(({ code }) => code === 'password_reset_required')) {
      return redirect(paths.forgot(field(form, 'email'), { required: '1', next: field(form, 'next') }), 303)
    }
    const failure: FormFailure = { errors: error.data.errors, values: typed(form) }
    if (textFields(failure) !== '' && isSignedOut(failure)) throw new SignedOutError(failure)
    return data(failure, error.status)
  }
}

/** What an action answered, when that was a failure. */
export const failureIn = (actionData: unknown): FormFailure | undefined =>
  actionData && typeof actionData === 'object' && 'errors' in actionData ? (actionData as FormFailure) : undefined
