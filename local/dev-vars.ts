import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { ROOT } from './settings.ts'

const MARK = '# Written by npm start'
const FIRST_LINE = `${MARK}, which overwrites it at each start.`

/**
 * Writes the Worker's variables in the format of `.dev.vars`. Throws if the file exists without MARK, since then a
 * developer wrote it.
 */
export function writeDevVars(file: string, values: Record<string, string>): void {
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(MARK)) {
    throw new Error(
      `${relative(ROOT, file)} was not written by npm start, so it is not overwritten: move it away, and give its values ` +
        'to npm start as environment variables.',
    )
  }
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quote(value)}`)
  mkdirSync(dirname(file), { recursive: true })
  // It can hold passwords.
  writeFileSync(file, `${[FIRST_LINE, ...lines].join('\n')}\n`, { mode: 0o600 })
}

// Single quotes prevent the expansion of variables.
function quote(value: string): string {
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`
}
