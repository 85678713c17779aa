import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { assertPortFree, findFreePort } from '../../../local/ports.ts'
import { ROOT } from '../../../local/settings.ts'
import type { Report } from '../report.ts'

/** Files and folders that a fresh checkout lacks. */
const NOT_COPIED = new Set(['node_modules', '.git', '.local', '.wrangler', '.tsbuild', 'dist', '.dev.vars'])
const READY = 'Cruddur runs at'

/** Time of `npm start` with packages installed: the first time, when it creates and seeds the database, and later. */
export async function start(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-start-'))
  try {
    await copyCheckout(folder)
    const first = await secondsToStart(folder)
    const later = await secondsToStart(folder)
    return {
      tables: [
        {
          title: 'Start of npm start, seconds until the home page answers',
          columns: ['start', 'seconds'],
          rows: [
            ['the first, with database and seed to make', first],
            ['again', later],
          ],
        },
      ],
      budgets: [{ what: 'start of npm start', bound: 10, measured: Math.max(first, later), unit: 's' }],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Makes a folder like a fresh checkout, with the packages of this one. */
async function copyCheckout(folder: string): Promise<void> {
  // Postgres runs as another user, and must reach its data.
  await chmod(folder, 0o755)
  await cp(ROOT, folder, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
}

async function secondsToStart(folder: string): Promise<number> {
  const port = await findFivePorts()
  const startedAt = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: folder,
    // A process group of its own, so that SIGINT can be sent to all of it, as by Ctrl-C.
    detached: true,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const output: string[] = []
  try {
    await Promise.race([
      ended.then(() => Promise.reject(new Error(`npm start ended by itself:\n${output.join('\n')}`))),
      new Promise<void>((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
          createInterface({ input: stream }).on('line', (line) => {
            output.push(line)
            if (line.includes(READY)) resolve()
          })
        }
      }),
    ])
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    if (!answer.ok) throw new Error(`The home page was answered by ${answer.status}.`)
    return (performance.now() - startedAt) / 1000
  } finally {
    if (child.exitCode === null) process.kill(-(child.pid as number), 'SIGINT')
    await ended
  }
}

/** The first of five consecutive free ports. */
async function findFivePorts(): Promise<number> {
  for (;;) {
    const first = await findFreePort()
    try {
      for (let port = first; port < first + 5; port += 1) await assertPortFree(port, 'npm start')
      return first
    } catch {
      // One of the five is in use: try others.
    }
  }
}
