import { focusManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { readDraft } from '../forms/drafts.ts'
import { ApiError } from '../net/api.ts'
import { paths } from '../routing/paths.ts'

/** The cache of the app in the browser. */
export function createQueryClient(): QueryClient {
  focusManager.setEventListener(whenSeenAgain)
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      // Offline a write fails at once, and its text goes back into its form: held in a queue, a closed tab would lose it.
      mutations: { networkMode: 'always' },
      queries: {
        retry: (count, error) => count < 2 && !(error instanceof ApiError),
        // Offline a read fails, and says so; waiting for the network it would look like one that never ends.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
    },
  })
}

/** Another tab, another window, or the page that Back brings out of the browser's own cache. */
function whenSeenAgain(look: () => void) {
  window.addEventListener('visibilitychange', () => look())
  window.addEventListener('focus', () => look())
  window.addEventListener('pageshow', ({ persisted }) => persisted && look())
  return undefined
}

/** The session ended elsewhere: sign in, and come back here; but whoever is writing is not taken away from it. */
function leaveWhenSignedOut(error: Error): void {
  const isTyping = [...document.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '')
  // The box of words on their way is empty already.
  const isWriting = isTyping || readDraft(location.pathname) !== undefined
  if (error instanceof ApiError && error.status === 401 && !isWriting)
    location.assign(paths.signIn(location.pathname + location.search))
}
