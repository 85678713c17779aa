/** Data of a shown notification: the path of the page that it opens, and when its crud or message expires. */
export type NotificationData = { path: string; expires_at: string }

export const isExpired = ({ expires_at }: Pick<NotificationData, 'expires_at'>): boolean =>
  Date.parse(expires_at) <= Date.now()

/**
 * Closes the notifications whose crud or message has expired. No browser has a timer for them, so this runs whenever our code does.
 * Also closes those without data: Chrome shows its own for a push that showed nothing.
 */
export async function closeExpired(registration: ServiceWorkerRegistration): Promise<void> {
  for (const notification of await registration.getNotifications()) {
    const data: NotificationData | null = notification.data
    if (!data || isExpired(data)) notification.close()
  }
}
