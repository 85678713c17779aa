/** The event that asks for the sheet of shortcuts. What shows it is loaded later, by itself. */
export const OPEN_SHORTCUT_SHEET = 'cruddur:sheet'

/** Asks for the sheet of shortcuts. */
export const openShortcutSheet = (): boolean => document.dispatchEvent(new Event(OPEN_SHORTCUT_SHEET))
