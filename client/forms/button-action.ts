import { redirect, redirectDocument } from 'react-router'
import { ApiError } from '../net/api.ts'
import { showToast } from '../queries/cache/toasts.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { safeNext } from '../routing/next-param.ts'
import { paths } from '../routing/paths.ts'
import { messageOfError } from '../texts/failure-message.ts'
import { field } from './field.ts'

const onServer = typeof document === 'undefined'

/** Returns the path to redirect to after a button's form: its `next` (a path of this site), else `otherwise`. */
export function redirectPath(form: FormData, otherwise: string): string {
  const next = field(form, 'next')
  return next ? safeNext(next) : otherwise
}

/**
 * Runs a button's write and redirects to `back`; after a 401 to sign-in, which returns there. Shows another failure as a toast, or
 * without script on the error page.
 */
export async function runButtonAction(queries: LoaderContext['queries'], back: string, work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // A document load: the running app would still have the old session.
    if (error.status === 401) return redirectDocument(paths.signIn(back, { ended: '1' }), 303)
    if (onServer) throw error
    showToast(queries, messageOfError(error))
  }
  return redirect(back, 303)
}
