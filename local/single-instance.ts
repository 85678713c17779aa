import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join, relative } from 'node:path'

/** The lock of a state folder. */
export interface InstanceLock {
  /** Whether an earlier run ended without releasing it: then its children may still be running. */
  isAfterCrash: boolean
  release(): void
}

/**
 * Locks the state folder for this run. Uses a socket, since that shows whether the holder still runs, even if its pid was
 * reused. Throws an error with the holder's pid if another run has the lock.
 */
export async function acquireInstanceLock(stateDir: string): Promise<InstanceLock> {
  mkdirSync(stateDir, { recursive: true })
  // The length of a socket's path is limited, so use the relative path if that is shorter.
  const path = shorterPath(join(stateDir, 'run.sock'))
  const isAfterCrash = existsSync(path)
  if (isAfterCrash) {
    const pid = await askHolder(path)
    if (pid !== null) throw new Error(`npm start is running already (process ${pid}); stop it first.`)
    rmSync(path, { force: true })
  }
  const server = createServer((socket) => socket.end(String(process.pid)))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  server.unref()
  return { isAfterCrash, release: () => void server.close() }
}

function askHolder(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('error', () => resolve(null))
    socket.once('data', (pid) => resolve(String(pid)))
    socket.once('close', () => resolve(null))
  })
}

function shorterPath(path: string): string {
  const local = relative(process.cwd(), path)
  return local.length < path.length ? local : path
}
