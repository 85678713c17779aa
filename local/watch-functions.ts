import { watch } from 'node:fs'
import { FUNCTIONS } from '../sql/function-files.ts'
import { migrate } from '../sql/migrate.ts'

/** Editors write a file in several steps, in ms. */
const SETTLE_MS = 100

/**
 * Installs the functions again whenever one of their files changes: the Worker, which is built at the same time, calls them by the
 * new schema. What Postgres refuses is shown by `onError`, and the next change tries again.
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
