import type { Span, Trace } from './trace.ts'

/** Where traces go. */
export type Otlp = {
  /** The collector's address, without /v1/traces. */
  endpoint: string
  /** What it wants to know of us, such as an API key. */
  headers: Record<string, string>
}

/** Longer than this, in milliseconds, no isolate is kept for a collector. */
const TIMEOUT = 3_000

const SERVER = 2
const INTERNAL = 1
const FAILED = 2

/**
 * Sends a trace as OTLP over HTTP, in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp.
 * Whatever goes wrong is left at that: a collector can neither fail nor slow a request.
 */
export async function exportTrace({ endpoint, headers }: Otlp, trace: Trace, version: string): Promise<void> {
  try {
    const response = await fetch(`${endpoint.replace(/\/$/, '')}/v1/traces`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(toExport(trace, version)),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    await response.body?.cancel()
  } catch {
    // See above.
  }
}

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(Math.round(value)) } : { stringValue: value },
})

const attributes = (all: Record<string, string | number>) =>
  Object.entries(all).map(([key, value]) => attribute(key, value))

/** The body: 64-bit numbers as text, ids in hexadecimal, as OTLP's JSON has them. */
export function toExport(trace: Trace, version: string) {
  const toSpan = (span: Span) => ({
    traceId: trace.id,
    spanId: span.id,
    ...(span.parentId ? { parentSpanId: span.parentId } : {}),
    name: span.name,
    kind: span === trace.root ? SERVER : INTERNAL,
    startTimeUnixNano: `${span.startedAt}000000`,
    endTimeUnixNano: `${span.endedAt}000000`,
    attributes: attributes(span.attributes),
    status: span.failed ? { code: FAILED } : {},
  })
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes({ 'service.name': 'cruddur', 'service.version': version }) },
        scopeSpans: [{ scope: { name: 'cruddur' }, spans: trace.spans.map(toSpan) }],
      },
    ],
  }
}
