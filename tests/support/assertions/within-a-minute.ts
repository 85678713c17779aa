/**
 * Locally the rate-limit binding counts by the minutes of the clock. What a minute's turn has cut in two spent two allowances and
 * shows nothing, so it is begun anew, by others; within a minute what fails has failed.
 */
export async function withinAMinute(check: () => Promise<void>): Promise<void> {
  const minute = () => Math.floor(Date.now() / 60_000)
  const began = minute()
  try {
    await check()
  } catch (error) {
    if (minute() === began) throw error
    await check()
  }
}
