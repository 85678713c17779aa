import { focusManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { readDraft } from '../../forms/drafts/drafts.ts'
import { ApiError } from '../../net/api.ts'
import { goToSignIn, isSignedOut, SIGN_IN } from './failure-toast.ts'
import { showToast } from './toasts.ts'

/** Creates the browser's query client. */
export function createQueryClient(): QueryClient {
  focusManager.setEventListener(listenForReturn)
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && signInAgain(queries) }),
    defaultOptions: {
      // Offline, fail a write at once and put its text back into the form: a paused write is lost with the tab.
      mutations: { networkMode: 'always' },
      queries: {
        retry: (count, error) => count < 2 && !(error instanceof ApiError),
        // Offline, fail a read with an error message: a paused read would seem to load forever.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
    },
  })
  return queries
}

/** Calls `onReturn` on return from another tab, another window or the back-forward cache. */
function listenForReturn(onReturn: () => void) {
  window.addEventListener('visibilitychange', () => onReturn())
  window.addEventListener('focus', () => onReturn())
  window.addEventListener('pageshow', ({ persisted }) => persisted && onReturn())
  return undefined
}

/** Goes to sign-in, since the session was ended elsewhere. While the user is writing, only shows a toast that leads there. */
function signInAgain(queries: QueryClient): void {
  const isTyping = [...document.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '')
  // The box of a pending text is empty, but its draft still exists.
  const isWriting = isTyping || readDraft(location.pathname) !== undefined
  if (isWriting) showToast(queries, 'You’ve been signed out. Your words are safe.', SIGN_IN)
  else goToSignIn()
}
