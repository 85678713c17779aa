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
  // A browser without static routing starts the worker for these requests too, and the worker leaves them to the network.
  await event.addRoutes?.(RULES).catch(() => {})
}
