/** Returns the browser's subscription under the site's key; subscribes it if there is none. */
export async function subscribeBrowser(manager: PushManager, applicationServerKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey }
  try {
    return await manager.subscribe(options)
  } catch (error) {
    const existing = await manager.getSubscription()
    if (!existing) throw error
    // It was made under a key that the site no longer uses.
    await existing.unsubscribe()
    return manager.subscribe(options)
  }
}
