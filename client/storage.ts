/** Runs `work` on localStorage or sessionStorage. Returns undefined if storage is full, blocked or missing: the site works without. */
export function ignoreStorageErrors<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
