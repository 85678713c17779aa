import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import type { Client } from '../../harness/client.ts'
import { chromiumFiles } from './chromium-files.ts'

/** Arguments of the package that suit cloud functions, and would let pages do what no reader's browser lets them do. */
const UNLIKE_A_READER = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
])

/** Starts the Chromium that npm has brought, or the one at CHROMIUM_PATH as the system has it, with further arguments. */
export async function launchChromium(further: string[] = []): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env
  const files = CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : await chromiumFiles()
  return chromium.launch({
    ...files,
    args: [...sparticuz.args.filter((arg) => !UNLIKE_A_READER.has(arg)), '--no-sandbox', ...further],
  })
}

/** The session of a client of ours, for a browser to have. */
export const cookiesOf = ({ cookies, origin }: Client) =>
  [...cookies].map(([name, value]) => ({
    name,
    value,
    url: origin.replace('http:', 'https:'),
    httpOnly: true,
    secure: true,
    sameSite: 'Lax' as const,
  }))
