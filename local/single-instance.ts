import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join, relative } from 'node:path'

/** Shows that a run holds a state folder. */
export interface InstanceLock {
  /** Whether an earlier run ended without letting go, so that its children may still be on their way out. */
  isAfterCrash: boolean
  release(): void
}

/**
 * Takes the state folder for this run. A socket is used since it tells a run that is alive from one that was killed,
 * whatever became of its pid. Throws when another run holds it, naming its pid.
 */
export async function acquireInstanceLock(stateDir: string): Promise<InstanceLock> {
  mkdirSync(stateDir, { recursive: true })
  // A socket's path is short of room, so it is given relative to the working directory where that is shorter.
  const path = shorter(join(stateDir, 'run.sock'))
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

function shorter(path: string): string {
  const local = relative(process.cwd(), path)
  return local.length < path.length ? local : path
}
