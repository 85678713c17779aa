import type { V4WorkerOptions } from 'miniflare'

/** The name of the Worker that receives spans. */
export const SPAN_TAIL = 'span-tail'

/** A span as the runtime recorded it. */
export type RecordedSpan = {
  id: string
  parentId: string | undefined
  name: string
  attributes: Record<string, string | number>
  failed: boolean
}

/** The log line of the span tail: the spans of one request, the root first. */
export type RecordedTrace = { event: 'trace'; trace_id: string; spans: RecordedSpan[] }

/** Collects the spans of a request, and logs them as one line when it ends. */
const SCRIPT = `
export default {
  tailStream({ spanContext, event }) {
    const root = { id: event.spanId, name: 'root', attributes: {}, failed: false }
    const spans = new Map([[root.id, root]])
    return {
      spanOpen({ spanContext: parent, event: { spanId, name } }) {
        spans.set(spanId, { id: spanId, parentId: parent.spanId, name, attributes: {}, failed: false })
      },
      attributes({ spanContext: { spanId }, event: { info } }) {
        for (const { name, value } of info) {
          const span = spans.get(spanId)
          // The runtime's numbers are bigints, which JSON cannot hold.
          if (span) span.attributes[name] = typeof value === 'bigint' ? Number(value) : value
        }
      },
      spanUpdate({ spanContext: { spanId }, event: { info } }) {
        const span = spans.get(spanId)
        if (info.type === 'name') span.name = info.name
        if (info.type === 'status') span.failed = info.status.code === 'error'
      },
      outcome() {
        console.log(JSON.stringify({ event: 'trace', trace_id: spanContext.traceId, spans: [...spans.values()] }))
      },
    }
  },
}`

export const spanTail = (): V4WorkerOptions => ({
  name: SPAN_TAIL,
  modules: [{ type: 'ESModule', path: 'span-tail.mjs', contents: SCRIPT }],
  compatibilityDate: '2026-11-02',
  compatibilityFlags: ['experimental', 'streaming_tail_worker'],
})
