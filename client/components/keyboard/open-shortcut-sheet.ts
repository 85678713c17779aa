/** Event that opens the shortcut sheet. Its listener is loaded later (LiveRegionAndShortcuts). */
export const OPEN_SHORTCUT_SHEET = 'cruddur:shortcut-sheet'

/** Opens the shortcut sheet. */
export const openShortcutSheet = (): boolean => document.dispatchEvent(new Event(OPEN_SHORTCUT_SHEET))
