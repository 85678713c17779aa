/** Names, codes, counts and uuids only: no users' texts, URLs, tokens or query strings. */
type Attributes = Record<string, string | number | undefined>

let tracing: Tracing | undefined

/** Sets the tracing of Workers; worker/index.ts calls it. Without it, as in tests in Node, `span` only runs its work. */
export const traceWith = (given: Tracing): void => {
  tracing = given
}

/** Runs work in a span, a child of the active one: https://developers.cloudflare.com/workers/observability/traces/. */
export async function span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  if (!tracing?.getActiveSpan()?.isTraced) return work()
  return tracing.startActiveSpan(name, async (active) => {
    active.setAttributes(attributes)
    try {
      return await work()
    } catch (error) {
      // Without the message: it may hold a user's text.
      active.setStatus({ code: 'error' })
      throw error
    }
  })
}

/** Names the request's root span. Returns the trace id; undefined if the request is not sampled. */
export function nameRequest(name: string, attributes: Attributes, isFailure: boolean): string | undefined {
  const root = tracing?.getActiveSpan()
  if (!root?.isTraced) return undefined
  root.updateName(name).setAttributes(attributes)
  if (isFailure) root.setStatus({ code: 'error' })
  return root.spanContext().traceId
}
