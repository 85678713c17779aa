import type { ErrorItem } from '../../worker/contract/error.ts'
import { errorMessage, sendFailureMessage } from './lazy-error-messages.ts'

/** Returns the message to show beside the input named `field`; undefined if it has no error. */
export function fieldError(errors: readonly ErrorItem[] | undefined, field: string): string | undefined {
  const item = errors?.find((error) => error.field === field)
  return item && errorMessage(item.code, item.until)
}

/** Returns the messages to show above a form: those of errors of no field in `fields`, without duplicates. */
export const formErrors = (errors: readonly ErrorItem[] | undefined, fields: readonly string[]): string[] => [
  ...new Set(errorsOfForm(errors, fields).map(({ code, until }) => errorMessage(code, until))),
]

/** Like formErrors, above a compose form whose text was not sent. */
export const sendFailure = (errors: readonly ErrorItem[], fields: readonly string[]): string[] => [
  ...new Set(errorsOfForm(errors, fields).map(sendFailureMessage)),
]

const errorsOfForm = (errors: readonly ErrorItem[] = [], fields: readonly string[]) =>
  errors.filter(({ field }) => !field || !fields.includes(field))
