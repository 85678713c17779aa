import type { Page } from 'playwright-core'

/** What Chromium's developer tools call Slow 4G: bytes a second, and milliseconds that each request waits. */
const SLOW_4G = { downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 }

/** How much slower than this machine's CPU a phone's is. */
const CPU_SLOWDOWN = 4

/** Lets a page load over a slow mobile network. */
export async function slowNetwork(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...SLOW_4G })
}

/** Lets a page run on a CPU that is as slow as a phone's. */
export async function slowCpu(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
}
