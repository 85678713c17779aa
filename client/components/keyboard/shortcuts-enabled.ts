const KEY = 'shortcuts'

/** Whether shortcuts are enabled in this browser; they are by default. */
export function areShortcutsEnabled(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

/** Stores whether shortcuts are enabled. */
export function setShortcutsEnabled(enabled: boolean): void {
  try {
    if (enabled) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // Storage is blocked: the setting lasts as long as the page.
  }
}
