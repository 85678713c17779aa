import type { Page } from 'playwright-core'

/** "Slow 4G" of Chromium's developer tools: bytes per second, and latency in ms. */
export const SLOW_4G = { downloadThroughput: 180_000, uploadThroughput: 84_375, latency: 562.5 }

/** How many times slower than this machine's CPU a phone's is. */
const CPU_SLOWDOWN = 4

/** Makes a page load over a slow mobile network. */
export async function slowNetwork(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...SLOW_4G })
}

/** Makes a page run on a CPU as slow as a phone's. */
export async function slowCpu(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
}
