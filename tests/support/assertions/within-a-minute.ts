/**
 * Runs a check of the rate limit within one minute of the clock, by which the local binding counts. A check that failed
 * across the turn of a minute used two allowances, so it runs once more, with new clients.
 */
export async function withinAMinute(check: () => Promise<void>): Promise<void> {
  const minute = () => Math.floor(Date.now() / 60_000)
  const start = minute()
  try {
    await check()
  } catch (error) {
    if (minute() === start) throw error
    await check()
  }
}
