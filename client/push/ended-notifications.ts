/** What a shown notification carries: the page that it opens, and when what it is about ends. */
export type NotificationData = { path: string; expires_at: string }

export const hasEnded = ({ expires_at }: Pick<NotificationData, 'expires_at'>): boolean =>
  Date.parse(expires_at) <= Date.now()

/** Closes the notifications whose crud or message has ended. No browser has a timer for them, so this runs whenever our code does. */
export async function closeEnded(registration: ServiceWorkerRegistration): Promise<void> {
  for (const notification of await registration.getNotifications()) {
    const data: NotificationData = notification.data
    if (hasEnded(data)) notification.close()
  }
}
