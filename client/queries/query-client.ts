import { focusManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { readDraft } from '../forms/drafts.ts'
import { ApiError } from '../net/api.ts'
import { paths } from '../routing/paths.ts'

/** Creates the browser's query client. */
export function createQueryClient(): QueryClient {
  focusManager.setEventListener(whenSeenAgain)
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      // Offline a write fails at once, and its text goes back into its form: held in a queue, a closed tab would lose it.
      mutations: { networkMode: 'always' },
      queries: {
        retry: (count, error) => count < 2 && !(error instanceof ApiError),
        // Offline a read fails and says so. Paused until the network is back, it would look endless.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
    },
  })
}

/** Refetches on return from another tab or window, and out of the back-forward cache. */
function whenSeenAgain(look: () => void) {
  window.addEventListener('visibilitychange', () => look())
  window.addEventListener('focus', () => look())
  window.addEventListener('pageshow', ({ persisted }) => persisted && look())
  return undefined
}

/** Goes to sign-in after a 401: the session ended elsewhere. Not while a text is being written. */
function leaveWhenSignedOut(error: Error): void {
  const isTyping = [...document.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '')
  // While a text is pending its box is empty, but it has a draft.
  const isWriting = isTyping || readDraft(location.pathname) !== undefined
  if (error instanceof ApiError && error.status === 401 && !isWriting)
    location.assign(paths.signIn(location.pathname + location.search))
}
