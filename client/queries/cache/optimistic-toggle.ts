import type { QueryClient } from '@tanstack/react-query'
import { runMutation } from './run-mutation.ts'

/** A press of a toggle button: like, repost or follow. */
type Toggle<Answer> = {
  /** Identifies the toggle, such as `['like', uuid]`. */
  key: readonly string[]
  on: boolean
  /** Writes the state into the cache: from the server's answer if there is one, else from `on`. */
  show: (on: boolean, answer?: Answer) => void
  send: () => Promise<Answer>
}

/** The state to roll back to: the server's latest answer, or what was shown before the first pending press. */
type Confirmed<Answer> = { on: boolean; answer?: Answer }

/** Mutation variables of a press. All pending presses of a toggle share one `confirmed`. */
type Press<Answer> = { on: boolean; confirmed: Confirmed<Answer> }

const keyOf = (key: readonly string[]) => ['toggle', ...key]

/** Returns the state that the latest pending press asks for; undefined if no press is pending. */
export function pendingToggle(queries: QueryClient, key: readonly string[]): boolean | undefined {
  const pending = queries.getMutationCache().findAll({ mutationKey: keyOf(key), status: 'pending' })
  const press = pending.at(-1)?.state.variables
  return press instanceof Object && 'on' in press ? press.on === true : undefined
}

/**
 * Shows a press before the server answers (optimistic update), and sends it. The requests of a toggle run one at a time, and of the presses that
 * wait only the last is sent. If it fails, rolls back to the state that the server last confirmed.
 * @throws the error of the last press. A press that was followed by another does not reject.
 */
export async function runToggle<Answer>(queries: QueryClient, toggle: Toggle<Answer>): Promise<void> {
  const { on, show, send } = toggle
  const mutationKey = keyOf(toggle.key)
  const first = queries.getMutationCache().find<unknown, Error, Press<Answer>>({ mutationKey, status: 'pending' })
  const confirmed = first?.state.variables?.confirmed ?? { on: !on }
  const pendingCount = () => queries.isMutating({ mutationKey })
  const restarts = cancelRefetches(queries)
  show(on)
  try {
    await runMutation<void, Press<Answer>>(
      queries,
      {
        mutationKey,
        scope: { id: mutationKey.join(' ') },
        // If others are pending, they were pressed later: skip this one.
        mutationFn: async () => {
          if (pendingCount() === 1) confirmed.answer = await send()
        },
      },
      { on, confirmed },
    )
  } catch (error) {
    if (pendingCount() === 0) throw error
  } finally {
    if (pendingCount() === 0) show(confirmed.on, confirmed.answer)
    for (const restart of [...cancelRefetches(queries), ...restarts]) restart()
  }
}

/**
 * Cancels all pending refetches: one that was sent before a write may restore the old state. Returns a function for each that
 * starts it again.
 */
function cancelRefetches(queries: QueryClient): (() => void)[] {
  const fetching = queries
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate: ({ state }) => state.data !== undefined })
  return fetching.map((query) => {
    // For an infinite query: the direction of the page that it was fetching.
    const { fetchMeta } = query.state
    void query.cancel({ revert: true })
    return () => void query.fetch(undefined, { ...(fetchMeta && { meta: fetchMeta }) }).catch(() => {})
  })
}
