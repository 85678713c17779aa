import { hasSession } from '../auth/session-cookies.ts'
import type { RequestContext } from '../context.ts'
import { type Kept, keptAddress } from './addresses.ts'
import { ageOf, type Copy, directives, secondsLeft, servedUntil, tellsAge, withAge } from './copy.ts'
import { find, keyOf, put, remove } from './store.ts'

/** A request waits so long for what another one is making, in ms; then it makes its own. */
const PATIENCE = 2_000

/** Makes an answer for a request that says nothing but its address. */
type Make = (request: Request) => Promise<Response>

/** `copy`: the answer as others may have it too. `isNew`: it is not stored yet. */
type Made = { response: Response; copy: Copy | null; isNew: boolean }

/** What is being looked for or made in this isolate, by key: one request at a time does, and those who come then share it. */
const flights = new Map<string, Promise<Copy | null>>()

/**
 * Answers a request from the edge's copy, else by `make`, and keeps what that made if it may be kept. Whatever else a
 * request says than its address can neither choose a copy nor get into one.
 */
export async function keep(request: Request, context: RequestContext, make: Make): Promise<Response> {
  const kept = keptOf(request, context)
  if (!kept) return make(request)
  const { address, route } = kept
  context.route = route
  const response = await share(keyOf(address, context.env.version), context, (key) =>
    findOrMake(key, address, context, make),
  )
  return request.method === 'HEAD' ? new Response(null, response) : response
}

/** Forgets an address's copy, and whatever is being made for it. */
export async function forget(address: URL, version: string): Promise<void> {
  const key = keyOf(address, version)
  flights.delete(key)
  await remove(key)
}

/** Where a request's answer may be kept: nowhere with a session, nor when nothing is to be kept. */
function keptOf(request: Request, { env }: RequestContext): Kept | null {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  return isRead && env.edgeCacheSeconds > 0 && !hasSession(request) ? keptAddress(new URL(request.url)) : null
}

/**
 * What another request is getting right now, or else what `work` gets. The other one may never get it: a runtime ends
 * requests whose reader has left. Nothing is awaited between looking for it and taking its place.
 */
async function share(key: string, context: RequestContext, work: (key: string) => Promise<Made>): Promise<Response> {
  let missed: Promise<Copy | null> | undefined
  for (let tries = 0; tries < 2; tries += 1) {
    const flight = flights.get(key)
    // Whoever lost patience before may be making it anew.
    if (!flight || flight === missed) break
    const copy = await Promise.race([flight, patience()])
    if (copy && leftOf(copy) > 0) return toResponse(copy)
    if (copy !== undefined) break
    missed = flight
  }
  return lead(key, context, work(key))
}

const patience = () => new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))

/** Gets an answer for all who come meanwhile, even when its own reader leaves, and stores it if it is new. */
async function lead(key: string, { waitUntil }: RequestContext, making: Promise<Made>): Promise<Response> {
  const flight = making.then(
    ({ copy }) => copy,
    () => null,
  )
  flights.set(key, flight)
  const isStill = () => flights.get(key) === flight
  const settle = async () => {
    const { copy, isNew } = await making
    if (!copy || !isNew) return
    if (isStill()) await put(key, copy)
    // Forgotten since: what was read before must not come back.
    if (!isStill()) await remove(key)
  }
  waitUntil(
    settle()
      .catch(() => {})
      .finally(() => isStill() && flights.delete(key)),
  )
  return (await making).response
}

async function findOrMake(key: string, address: URL, context: RequestContext, make: Make): Promise<Made> {
  const found = await find(key)
  if (found) return { copy: found, response: toResponse(found), isNew: false }
  context.db.readClock()
  const startedAt = Date.now()
  return toMade(await make(new Request(address)), startedAt, context)
}

/** Only a good answer may be kept, which nothing was lacking for and which nobody's session has gone into. */
async function toMade(made: Response, startedAt: number, { db, env, setCookies }: RequestContext): Promise<Made> {
  const isGood = made.status === 200 && !made.headers.has('set-cookie') && setCookies.length === 0
  if (!isGood || db.hasFailed) return { response: made, copy: null, isNew: true }
  const headers = Object.fromEntries(made.headers)
  const body = await made.text()
  const { askedAt: readAt = startedAt, now, earliestEnd } = db
  const until = servedUntil({ readAt, now, earliestEnd }, env.edgeCacheSeconds)
  const copy = { body, headers, readAt, until }
  const left = isPage(copy) && !tellsAge(body) ? 0 : secondsLeft(copy, Date.now())
  const response = new Response(body, { headers: { ...headers, ...directives(isPage(copy), left) } })
  return { response, copy: left > 0 ? copy : null, isNew: true }
}

const isPage = ({ headers }: Copy) => headers['content-type']?.startsWith('text/html') ?? false

/** Now, for a copy that is at hand: right after it was made, a request's own clock may stand a little before that. */
const nowOf = ({ readAt }: Copy) => Math.max(Date.now(), readAt)

const leftOf = (copy: Copy) => secondsLeft(copy, nowOf(copy))

function toResponse(copy: Copy): Response {
  const body = isPage(copy) ? withAge(copy.body, ageOf(copy, nowOf(copy))) : copy.body
  return new Response(body, { headers: { ...copy.headers, ...directives(isPage(copy), leftOf(copy)) } })
}
