import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import type { Client } from '../../harness/client.ts'
import { chromiumFiles } from './chromium-files.ts'

/** Arguments of the package for cloud functions, which would weaken the browser's security rules. */
const CLOUD_ARGS = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
])

/**
 * Without a graphics card Chromium imitates one, and compiles its shaders when the fuses of a page first tick. That takes two fifths of
 * the CPU time of a page, which no user's device spends. Where frames are measured, it stays.
 */
export const NO_GPU_IMITATION = ['--disable-gpu']

/** Starts the Chromium from npm, or the one at CHROMIUM_PATH, with further arguments. */
export async function launchChromium(moreArgs: string[] = []): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env
  const files = CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : await chromiumFiles()
  return chromium.launch({
    ...files,
    args: [...sparticuz.args.filter((arg) => !CLOUD_ARGS.has(arg)), '--no-sandbox', ...moreArgs],
  })
}

/** A client's session cookies, as Playwright takes them. */
export const cookiesOf = ({ cookies, origin }: Client) =>
  [...cookies].map(([name, value]) => ({
    name,
    value,
    url: origin.replace('http:', 'https:'),
    httpOnly: true,
    secure: true,
    sameSite: 'Lax' as const,
  }))
