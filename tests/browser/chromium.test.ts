import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { launchChromium } from './support/chromium.ts'

test('Chromium uses the libraries and fonts of its package, not those of the system', async () => {
  const browser = await launchChromium()
  try {
    const system = await browser.newBrowserCDPSession()
    const { processInfo } = await system.send('SystemInfo.getProcessInfo')
    const main = processInfo.find(({ type }) => type === 'browser')
    const loaded = await readFile(`/proc/${main?.id}/maps`, 'utf8')
    expect(loaded).toMatch(/al2023\/lib\/libnspr4\.so/)
    expect(loaded).toMatch(/al2023\/lib\/libnss3\.so/)

    const page = await browser.newPage()
    await page.setContent('<p style="font-family: system-ui">Say it. Let it burn.')
    const session = await page.context().newCDPSession(page)
    await session.send('DOM.enable')
    await session.send('CSS.enable')
    const { root } = await session.send('DOM.getDocument')
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'p' })
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
    expect(fonts.map(({ familyName }) => familyName)).toEqual(['Open Sans'])
  } finally {
    await browser.close()
  }
})
