/** The event that asks for the sheet of shortcuts. What shows it is loaded later, by itself. */
export const SHEET_ASKED = 'cruddur:sheet'

/** Asks for the sheet of shortcuts. */
export const askForSheet = (): boolean => document.dispatchEvent(new Event(SHEET_ASKED))
