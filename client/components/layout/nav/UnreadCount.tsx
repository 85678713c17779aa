/** More than this is not counted out. */
const MOST = 99

const shown = (count: number) => (count > MOST ? `${MOST}+` : String(count))

/** What a link with a count is called: "Notifications, 3 new". Its own words, when there is nothing new. */
export const withUnread = (label: string, count: number) => (count > 0 ? `${label}, ${shown(count)} new` : undefined)

/**
 * How many new things wait behind a link, for the eye: the link's name says it too. The number is the sheet's, since as
 * text it would stand between the label and the name. Nothing for none.
 */
export function UnreadCount({ count }: { count: number }) {
  return count > 0 ? <em className="unread" data-count={shown(count)} aria-hidden="true" /> : null
}
