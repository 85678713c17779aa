import { isEmail } from '../../worker/contract/email.ts'

/** The email address in a link that prefills a form; '' for anything else, which must not be rendered. */
export function emailIn(search: URLSearchParams): string {
  const email = search.get('email')?.trim() ?? ''
  return isEmail(email) ? email : ''
}
