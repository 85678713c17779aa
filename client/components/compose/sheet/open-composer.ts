/** Event that opens the compose form. Its listener is loaded later (ComposeOpener). */
export const OPEN_COMPOSER = 'cruddur:compose'

/** Opens the compose form over the page. */
export const openComposer = (): boolean => document.dispatchEvent(new Event(OPEN_COMPOSER))
