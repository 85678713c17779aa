/** What a shown notification carries: the page that it opens, and when what it is about ends. */
export type NotificationData = { path: string; expires_at: string }

export const hasEnded = ({ expires_at }: Pick<NotificationData, 'expires_at'>): boolean =>
  Date.parse(expires_at) <= Date.now()

/**
 * Closes the notifications whose crud or message has ended. No browser has a timer for them, so this runs whenever our code does.
 * Also closes those without data: Chrome shows its own for a push that showed nothing.
 */
export async function closeEnded(registration: ServiceWorkerRegistration): Promise<void> {
  for (const notification of await registration.getNotifications()) {
    const data: NotificationData | null = notification.data
    if (!data || hasEnded(data)) notification.close()
  }
}
