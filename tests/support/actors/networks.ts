import type { Client } from '../../harness/client.ts'

let networks = 0

/** A client IP of a network that is new in this file. */
export function newIp(): string {
  networks += 1
  return `198.51.${Math.floor(networks / 250)}.${(networks % 250) + 1}`
}

/** Sets a client's IP, to a new one unless given; returns the client. */
export function fromNetwork<Who extends Client>(who: Who, ip = newIp()): Who {
  who.headers = { ...who.headers, 'cf-connecting-ip': ip }
  return who
}

/** `count` new client IPs, each repeated `each` times. */
export const repeatedIps = (count: number, each: number): string[] =>
  Array.from({ length: count }, () => newIp()).flatMap((ip) => Array<string>(each).fill(ip))
