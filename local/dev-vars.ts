import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { ROOT } from './settings.ts'

const FIRST_LINE = '# Written by npm start, and written anew at each start.'

/**
 * Writes the worker's variables in the format of `.dev.vars`. Throws when the file is there without our first line,
 * which means that a person wrote it.
 */
export function writeDevVars(file: string, values: Record<string, string>): void {
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(FIRST_LINE)) {
    throw new Error(
      `${relative(ROOT, file)} was not written by npm start, so it is left alone: move it away, and give its values ` +
        'to npm start as environment variables.',
    )
  }
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quote(value)}`)
  mkdirSync(dirname(file), { recursive: true })
  // It can hold passwords.
  writeFileSync(file, `${[FIRST_LINE, ...lines].join('\n')}\n`, { mode: 0o600 })
}

// Nothing is expanded in single quotes.
function quote(value: string): string {
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`
}
