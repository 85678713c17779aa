import { execFile } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '../../..')
// fonts.conf names this folder. The real path outlives a checkout whose node_modules is a link to another's.
const PACKAGES = realpathSync(join(ROOT, 'node_modules'))

const PACKAGE = readFileSync(join(PACKAGES, '@sparticuz/chromium/package.json'), 'utf8')
const { version } = JSON.parse(PACKAGE) as { version: string }
const FOLDER = join(PACKAGES, '.cache', `chromium-${version}`)

const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(FOLDER, 'fonts')}</dir>
  <cachedir>${join(FOLDER, 'fonts-cache')}</cachedir>
</fontconfig>
`

/** The program to start, and the environment in which it finds its libraries and fonts. */
export type ChromiumFiles = { executablePath: string; env: Record<string, string | undefined> }

/**
 * The Chromium from npm, with the package's own libraries and fonts, so that it starts and lays out pages the same on
 * every machine. Inflates it on first use.
 */
export async function chromiumFiles(): Promise<ChromiumFiles> {
  if (!existsSync(FOLDER)) await inflateInto(FOLDER)
  const libraries = [join(FOLDER, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    executablePath: join(FOLDER, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(FOLDER, 'fonts.conf') },
  }
}

/** Inflates to a temporary folder and renames it, so that two processes at once never see half of it. */
async function inflateInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const fresh = await mkdtemp(`${folder}-`)
  try {
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'inflate-chromium.ts')], {
      env: { ...process.env, TMPDIR: fresh },
    })
    await writeFile(join(fresh, 'fonts.conf'), FONTS_CONF)
    await rename(fresh, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}
