import { focusManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { readDraft } from '../../forms/drafts.ts'
import { ApiError } from '../../net/api.ts'
import { paths } from '../../routing/paths.ts'

/** Creates the browser's query client. */
export function createQueryClient(): QueryClient {
  focusManager.setEventListener(listenForReturn)
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInAfter401 }),
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
}

/** Calls `onReturn` on return from another tab, another window or the back-forward cache. */
function listenForReturn(onReturn: () => void) {
  window.addEventListener('visibilitychange', () => onReturn())
  window.addEventListener('focus', () => onReturn())
  window.addEventListener('pageshow', ({ persisted }) => persisted && onReturn())
  return undefined
}

/** Goes to sign-in after a 401, since the session was ended elsewhere; not while the user is writing. */
function signInAfter401(error: Error): void {
  const isTyping = [...document.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '')
  // The box of a pending text is empty, but its draft still exists.
  const isWriting = isTyping || readDraft(location.pathname) !== undefined
  if (error instanceof ApiError && error.status === 401 && !isWriting)
    location.assign(paths.signIn(location.pathname + location.search))
}
