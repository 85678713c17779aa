import { AsyncLocalStorage } from 'node:async_hooks'

/** Names, codes, counts and uuids: never what a person typed, an address, a token or a query string. */
type Attributes = Record<string, string | number>

/** One timed piece of a request's work; times in milliseconds since the epoch. */
export type Span = {
  id: string
  parentId: string | undefined
  name: string
  startedAt: number
  endedAt: number
  attributes: Attributes
  failed: boolean
}

/** A request that does more than this is cut off in the trace, not in its work. */
const MOST_SPANS = 256

/** What one request did, and when: https://opentelemetry.io/docs/concepts/signals/traces/. */
export type Trace = {
  /** 32 hexadecimal digits: the caller's, if it told one. */
  id: string
  /** Whether whoever called wants this trace kept. */
  sampled: boolean
  /** The span of the whole request, which is the last to end. */
  root: Span
  /** All spans that have ended. */
  spans: Span[]
}

type Place = { trace: Trace; span: Span }
const places = new AsyncLocalStorage<Place>()

const randomHex = (bytes: number) =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const newSpan = (name: string, parentId: string | undefined): Span => ({
  id: randomHex(8),
  parentId,
  name,
  startedAt: Date.now(),
  endedAt: 0,
  attributes: {},
  failed: false,
})

/** Begins the trace of a request; one that tells a traceparent goes on with it (https://www.w3.org/TR/trace-context/). */
export function beginTrace(request: Request): Trace {
  const told = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:-.*)?$/.exec(
    request.headers.get('traceparent')?.trim() ?? '',
  )
  const sampled = told?.[3] === undefined || (Number.parseInt(told[3], 16) & 1) === 1
  return { id: told?.[1] ?? randomHex(16), sampled, root: newSpan('request', told?.[2]), spans: [] }
}

/** Runs a request's work inside its trace: whatever calls `span` within finds it. */
export async function withTrace<T>(trace: Trace, work: () => Promise<T>): Promise<T> {
  return places.run({ trace, span: trace.root }, () => timed(trace, trace.root, work))
}

/** Workers' own traces, which show the same spans beside the runtime's (worker/index.ts gives them). */
type Native = { enterSpan<T>(name: string, callback: () => T): T }
let native: Native | undefined
export const alsoTraceWith = (given: Native): void => {
  native = given
}

/** Times a piece of work inside the trace that it runs in; outside of any, as in the cron, it only runs. */
export async function span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const place = places.getStore()
  if (!place) return work()
  const began = newSpan(name, place.span.id)
  began.attributes = attributes
  const inside = () => places.run({ trace: place.trace, span: began }, () => timed(place.trace, began, work))
  return native ? native.enterSpan(name, inside) : inside()
}

async function timed<T>(trace: Trace, began: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    began.failed = true
    throw error
  } finally {
    began.endedAt = Date.now()
    if (trace.spans.length < MOST_SPANS || began === trace.root) trace.spans.push(began)
  }
}

/** The traceparent to pass on with a call that is made here, or undefined outside of any trace. */
export function traceparent(): string | undefined {
  const place = places.getStore()
  return place && `00-${place.trace.id}-${place.span.id}-${place.trace.sampled ? '01' : '00'}`
}
