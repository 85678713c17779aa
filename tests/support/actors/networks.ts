import type { Client } from '../../harness/client.ts'

let networks = 0

/** A client IP of a network that nobody in this file had before. */
export function newIp(): string {
  networks += 1
  return `198.51.${Math.floor(networks / 250)}.${(networks % 250) + 1}`
}

/** Lets a client come from a network, of its own unless one is given; returns the client. */
export function fromNetwork<Who extends Client>(who: Who, ip = newIp()): Who {
  who.headers = { ...who.headers, 'cf-connecting-ip': ip }
  return who
}

/** Client IPs of so many networks, `each` times in a row. */
export const repeatedIps = (count: number, each: number): string[] =>
  Array.from({ length: count }, () => newIp()).flatMap((ip) => Array<string>(each).fill(ip))
