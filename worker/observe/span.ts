/** Names, codes, counts and uuids: never what a person typed, a URL, a token or a query string. */
type Attributes = Record<string, string | number | undefined>

let tracing: Tracing | undefined

/** Sends spans to the tracing of Workers (worker/index.ts has it). Without, as in tests in Node, work only runs. */
export const traceWith = (given: Tracing): void => {
  tracing = given
}

/** Runs work in a span, below the span that it is called in: https://developers.cloudflare.com/workers/observability/traces/. */
export async function span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  if (!tracing) return work()
  return tracing.startActiveSpan(name, async (active) => {
    if (!active.isTraced) return work()
    active.setAttributes(attributes)
    try {
      return await work()
    } catch (error) {
      // Without a message: it may hold what a person typed.
      active.setStatus({ code: 'error' })
      throw error
    }
  })
}

/** Names the span of the whole request. Returns the id of its trace; undefined when the request is not sampled. */
export function nameRequest(name: string, attributes: Attributes, isFailure: boolean): string | undefined {
  const root = tracing?.getActiveSpan()
  if (!root?.isTraced) return undefined
  root.updateName(name).setAttributes(attributes)
  if (isFailure) root.setStatus({ code: 'error' })
  return root.spanContext().traceId
}
