import { watch } from 'node:fs'
import { FUNCTIONS } from '../sql/function-files.ts'
import { migrate } from '../sql/migrate.ts'

/** Debounce of file changes, in ms: editors write a file in several steps. */
const SETTLE_MS = 100

/**
 * Installs the functions whenever one of their files changes; the Worker is rebuilt at the same time and calls the new schema.
 * Errors of Postgres go to `onError`; the next change installs again.
 */
export function watchFunctions(url: string, onInstalled: (line: string) => void, onError: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  const install = () => void migrate(url, { log: onInstalled }).catch(onError)
  const watcher = watch(FUNCTIONS, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(install, SETTLE_MS)
  })
  return {
    async stop() {
      clearTimeout(timer)
      watcher.close()
    },
  }
}
