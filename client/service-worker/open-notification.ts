import type { NotificationData } from '../push/expired-notifications.ts'
import { paths } from '../routing/paths.ts'

/** Opens the page of a clicked notification: in the tab of the site that was used last, else in a new one. */
export async function openNotification(clients: Clients, notification: Notification): Promise<void> {
  notification.close()
  // Chrome's own notification has no data.
  const data: NotificationData | null = notification.data
  const path = data?.path ?? paths.notifications()
  // Tabs that this worker controls: it may not navigate other tabs.
  const tabs = await clients.matchAll({ type: 'window' })
  const isThere = ({ url }: WindowClient) => new URL(url).pathname === new URL(path, url).pathname
  const tab = tabs.find(isThere) ?? tabs[0]
  if (!tab) {
    await clients.openWindow(path)
    return
  }
  // Refused where the browser has already brought the tab to the front.
  const focused = await tab.focus().catch(() => tab)
  if (!isThere(focused)) await focused.navigate(path)
}
