import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** A needed port is in use. The message names the port and, if known, the pid of its process. */
export class PortTakenError extends Error {
  override name = 'PortTakenError'
  readonly port: number
  constructor(port: number, purpose: string) {
    const pid = findPortOwner(port)
    super(`Port ${port} (${purpose}) is taken by ${pid === null ? 'another process' : `process ${pid}`}.`)
    this.port = port
  }
}

/** Returns a free port of 127.0.0.1. Another process may take it before the caller does. */
export async function findFreePort(): Promise<number> {
  const probe = await listenOn(0)
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}

/** Throws `PortTakenError` if `port` is in use. `purpose`: what the port is for, in the message. */
export async function assertPortFree(port: number, purpose: string): Promise<void> {
  try {
    const probe = await listenOn(port)
    await new Promise((closed) => probe.close(closed))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(port, purpose)
    throw error
  }
}

/** Returns the pid that listens on a TCP port of this machine; null if none does, or it cannot be found, such as another user's process. */
export function findPortOwner(port: number): number | null {
  return process.platform === 'linux' ? findOwnerInProc(port) : findOwnerWithLsof(port)
}

function listenOn(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

// Reads the kernel's table, since slim images have neither lsof nor ss.
function findOwnerInProc(port: number): number | null {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)))
  if (inodes.size === 0) return null
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (socketsOf(pid).some((inode) => inodes.has(inode))) return Number(pid)
  }
  return null
}

function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const LISTEN = '0A'
  try {
    return readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === LISTEN)
      .flatMap((columns) => columns[9] ?? [])
  } catch {
    return []
  }
}

function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}

function findOwnerWithLsof(port: number): number | null {
  try {
    const output = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number(output.split('\n')[0]) || null
  } catch {
    return null
  }
}
