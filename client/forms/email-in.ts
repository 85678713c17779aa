import { isEmail } from '../../worker/contract/email.ts'

/** The email that a link to a form fills in; '' for anything that is no address, which no page of ours shall show. */
export function emailIn(search: URLSearchParams): string {
  const email = search.get('email')?.trim() ?? ''
  return isEmail(email) ? email : ''
}
