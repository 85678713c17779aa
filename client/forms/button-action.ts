import { redirect, redirectDocument } from 'react-router'
import { ApiError } from '../net/api.ts'
import { showToast } from '../queries/toasts.ts'
import type { LoaderContext } from '../routing/loader-context.ts'
import { safeNext } from '../routing/next-param.ts'
import { paths } from '../routing/paths.ts'
import { errorSentence } from '../texts/error-sentence.ts'
import { field } from './form.ts'

const onServer = typeof document === 'undefined'

/** Where a button's form goes back to: its `next`, a path of this site, or `otherwise`. */
export function backTo(form: FormData, otherwise: string): string {
  const next = field(form, 'next')
  return next ? safeNext(next) : otherwise
}

/**
 * Does what a button asks for and goes back to where it was pressed; whoever is signed out by now signs in first. When it
 * was not done, the app says why and stays where it is; without script the page of the error says it.
 */
export async function runButtonAction(queries: LoaderContext['queries'], back: string, work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // A whole document: the app that is running takes its reader to be signed in.
    if (error.status === 401) return redirectDocument(paths.signIn(back, { ended: '1' }), 303)
    if (onServer) throw error
    showToast(queries, errorSentence(error))
  }
  return redirect(back, 303)
}
