/** A rule of static routing, which the types of TypeScript lack: https://www.w3.org/TR/service-workers/#dictdef-routerrule. */
type Rule = { condition: { requestMode?: RequestMode; requestMethod?: string }; source: 'network' }

type RoutingInstallEvent = ExtendableEvent & { addRoutes?: (rules: Rule[]) => Promise<void> }

const RULES: Rule[] = [
  { condition: { requestMethod: 'POST' }, source: 'network' },
  { condition: { requestMode: 'cors' }, source: 'network' },
  { condition: { requestMode: 'no-cors' }, source: 'network' },
  { condition: { requestMode: 'same-origin' }, source: 'network' },
]

/** Tells the browser which requests do not concern this worker, so that no poll and no form starts it. */
export async function skipAllButPages(event: RoutingInstallEvent): Promise<void> {
  // Where browsers cannot be told so, they start it, and it lets these requests pass.
  await event.addRoutes?.(RULES).catch(() => {})
}
