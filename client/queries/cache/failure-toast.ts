import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../../net/api.ts'
import { paths } from '../../routing/paths.ts'
import { failureMessage } from '../../texts/failure-message.ts'
import { showToast, type ToastAction } from './toasts.ts'

/** The button of a toast about an ended session: goes to sign-in, which returns to this page. */
export const SIGN_IN: ToastAction = { label: 'Sign in', run: goToSignIn }

/** Loads the sign-in page. A document load: the running app would still have the old session. */
export function goToSignIn(): void {
  location.assign(paths.signIn(location.pathname + location.search, { ended: '1' }))
}

export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401

/** Shows as a toast what did not happen, with its reason; after the end of the session with a button that leads to sign-in. */
export function showFailure(queries: QueryClient, outcome: string, error: unknown): void {
  showToast(queries, failureMessage(outcome, error), isSignedOut(error) ? SIGN_IN : undefined)
}
