/** Event whose `detail` is the text to announce. The live region that listens is loaded later (LiveRegionAndShortcuts). */
export const ANNOUNCE_EVENT = 'cruddur:announce'

/** Announces a text to screen readers, through the page's polite live region. */
export const announce = (text: string): boolean =>
  document.dispatchEvent(new CustomEvent(ANNOUNCE_EVENT, { detail: text }))
