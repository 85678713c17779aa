/** Static routing, which the types of TypeScript lack: https://www.w3.org/TR/service-workers/#dictdef-routerrule. */
type RoutingInstallEvent = ExtendableEvent & {
  addRoutes?: (rules: { condition: { requestMode: RequestMode }; source: 'network' }[]) => Promise<void>
}

const OTHER_MODES: RequestMode[] = ['cors', 'no-cors', 'same-origin']

/** Tells the browser that requests of pages do not concern this worker: otherwise each poll would start it. Where it can be told. */
export async function skipAllButPages(event: RoutingInstallEvent): Promise<void> {
  const rules = OTHER_MODES.map((requestMode) => ({ condition: { requestMode }, source: 'network' as const }))
  // Elsewhere it is started for them, and lets them pass.
  await event.addRoutes?.(rules).catch(() => {})
}
