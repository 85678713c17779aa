import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { unstable_readConfig as readConfig } from 'wrangler'
import { PING } from '../../../worker/contract/live.ts'
import { bundleWorker } from '../../harness/build-site.ts'
import type { Bench } from '../bench.ts'
import { median } from '../median.ts'
import { cpuMs, peakMiB, resetPeak } from '../processes.ts'
import type { Report } from '../report.ts'
import { startMeasuredWorkerd } from '../workerd.ts'

const SOCKETS = 1_000
/** Objects hibernate after 10 s without an event. */
const HIBERNATION_MS = 15_000
/** Interval of a tab's pings (client/live/live.ts), and how long to measure. */
const PING_MS = 45_000
const NUDGES = 200

/** Memory and CPU of workerd with a thousand users who have an open tab each. */
export async function sockets(bench: Bench): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'cruddur-sockets-'))
  const workerd = await startMeasuredWorkerd([{ name: 'sockets', ...(await bundle(folder, bench.commit.root)) }])
  try {
    const origin = await workerd.urlOf('sockets')
    const memory = async () => {
      resetPeak(workerd.pid)
      await wait(100)
      return peakMiB(workerd.pid)
    }
    const cpuOf = async (work: () => Promise<unknown>) => {
      const before = cpuMs(workerd.pid)
      await work()
      return cpuMs(workerd.pid) - before
    }
    const atFirst = await memory()
    const open: WebSocket[] = []
    const opening = await cpuOf(async () => {
      for (let user = 0; user < SOCKETS; user += 1) open.push(await openTab(origin, user))
    })
    const opened = await memory()
    await wait(HIBERNATION_MS)
    const hibernated = await memory()
    const ms = bench.quick ? 5_000 : PING_MS
    const idle = await cpuOf(() => wait(ms))
    const pings = await cpuOf(async () => {
      const answered = open.map((socket) => once(socket, 'message'))
      for (const socket of open) socket.send(PING)
      await Promise.all(answered)
    })
    const times: number[] = []
    const nudges = await cpuOf(async () => {
      for (const [user, socket] of open.slice(0, NUDGES).entries()) {
        const startedAt = performance.now()
        const nudged = once(socket, 'message')
        await fetch(new URL(`/?user=${user}`, origin), { method: 'POST' })
        await nudged
        times.push(performance.now() - startedAt)
      }
    })
    for (const socket of open) socket.close()
    return {
      tables: [
        {
          title: `${SOCKETS} users with an open tab: workerd`,
          columns: ['when', 'MiB', 'CPU ms'],
          rows: [
            ['before', atFirst, null],
            ['while they open their sockets', opened, opening],
            [`${ms / 1000} s without any event, hibernated`, hibernated, idle],
            ['a ping from each, which wakes no object', null, pings],
            [`${NUDGES} nudges, each of which wakes one`, null, nudges],
          ],
          notes: [`A nudge of a hibernated object arrives after ${median(times).toFixed(1)} ms (median).`],
        },
      ],
    }
  } finally {
    await workerd.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openTab(origin: URL, user: number): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.href.replace('http', 'ws')}?user=${user}`)
  await once(socket, 'open')
  return socket
}

async function bundle(folder: string, root: string) {
  const { compatibility_date } = readConfig({ config: join(root, 'wrangler.toml') })
  const configPath = join(folder, 'wrangler.toml')
  const workerDir = join(folder, 'worker')
  const lines = [
    'name = "sockets"',
    `main = "${join(root, 'tests/bench/sockets-worker.ts')}"`,
    `compatibility_date = "${compatibility_date}"`,
    'minify = true',
    '[exports.UserSockets]',
    'type = "durable-object"',
    'storage = "sqlite"',
    '[[durable_objects.bindings]]',
    'name = "USER_SOCKETS"',
    'class_name = "UserSockets"',
  ]
  await writeFile(configPath, `${lines.join('\n')}\n`)
  await bundleWorker(configPath, workerDir, root)
  return { configPath, workerDir }
}
