const KEY = 'shortcuts'

/** Whether shortcuts are wanted in this browser: they are until somebody turns them off. */
export function areShortcutsEnabled(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

/** Remembers it, where the browser lets a site remember. */
export function setShortcutsEnabled(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // It holds for this page then.
  }
}
