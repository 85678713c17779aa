/** Larger counts are shown as "99+". */
const MAX_SHOWN = 99

/** Returns a count, at most "99+". */
export const unreadText = (count: number) => (count > MAX_SHOWN ? `${MAX_SHOWN}+` : String(count))

/** Returns the accessible name of a link with a count: "Notifications, 3 new"; undefined if nothing is unread. */
export const withUnread = (label: string, count: number) =>
  count > 0 ? `${label}, ${unreadText(count)} new` : undefined

/**
 * Returns the badge with an unread count; nothing for zero. CSS generates the number: as text, it would make the link's text differ from
 * its accessible name (WCAG 2.5.3).
 */
export const unreadCount = (count: number) =>
  count > 0 ? <em className="unread" data-count={unreadText(count)} aria-hidden="true" /> : null
