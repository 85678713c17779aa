import type { QueryClient } from '@tanstack/react-query'
import { runMutation } from './run-mutation.ts'

/** A press of a button that turns something on or off. */
type Toggle<Answer> = {
  /** What is turned on or off. */
  key: readonly string[]
  on: boolean
  /** Shows it as on or off, wherever the cache holds it: as the server answered, if it has. */
  show: (on: boolean, answer?: Answer) => void
  send: () => Promise<Answer>
}

/** What the server is known to have while presses are pending: what was shown before the first, and the latest answer. */
type Confirmed<Answer> = { on: boolean; answer?: Answer }

/** The variables of a press; presses that are pending together share `confirmed`. */
type Press<Answer> = { on: boolean; confirmed: Confirmed<Answer> }

const keyOf = (key: readonly string[]) => ['toggle', ...key]

/** What the latest pending press asks for; undefined when none is pending. */
export function pendingToggle(queries: QueryClient, key: readonly string[]): boolean | undefined {
  const pending = queries.getMutationCache().findAll({ mutationKey: keyOf(key), status: 'pending' })
  const press = pending.at(-1)?.state.variables
  return press instanceof Object && 'on' in press ? press.on === true : undefined
}

/**
 * Shows a press at once and sends it. Presses about the same thing are sent one at a time; of those that wait only the last is
 * sent. If that fails, what the server last confirmed is shown again.
 * @throws what the last press failed with; one that a later press has overtaken does not reject.
 */
export async function runToggle<Answer>(queries: QueryClient, toggle: Toggle<Answer>): Promise<void> {
  const { on, show, send } = toggle
  const mutationKey = keyOf(toggle.key)
  const first = queries.getMutationCache().find<unknown, Error, Press<Answer>>({ mutationKey, status: 'pending' })
  const confirmed = first?.state.variables?.confirmed ?? { on: !on }
  const pendingCount = () => queries.isMutating({ mutationKey })
  const stoppedBefore = stopReads(queries)
  show(on)
  try {
    await runMutation<void, Press<Answer>>(
      queries,
      {
        mutationKey,
        scope: { id: mutationKey.join(' ') },
        // Any other that is pending by now was pressed later.
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
    for (const readAgain of [...stopReads(queries), ...stoppedBefore]) readAgain()
  }
}

/**
 * Stops the reads of what the cache holds: one that began before a write would bring the old state back. Returns how to begin
 * each anew.
 */
function stopReads(queries: QueryClient): (() => void)[] {
  const reads = queries
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate: ({ state }) => state.data !== undefined })
  return reads.map((query) => {
    // Which page of a list it was reading.
    const { fetchMeta } = query.state
    void query.cancel({ revert: true })
    return () => void query.fetch(undefined, { ...(fetchMeta && { meta: fetchMeta }) }).catch(() => {})
  })
}
