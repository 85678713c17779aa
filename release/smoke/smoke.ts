import { Client } from '../../tests/harness/client.ts'
import type { Check, SmokeOptions } from './check.ts'
import { SmokeFailure } from './expect.ts'
import { PUBLIC_CHECKS } from './public-checks.ts'
import { SignedInChecks } from './signed-in-checks.ts'

/** The result of a check. `reason`: why it failed. */
export type Outcome = { name: string; ms: number; reason?: string }

/** Timeout of a check, in ms. */
const TIMEOUT = 10_000

/**
 * Runs the smoke test: the public checks and, with an account, the signed-in checks. All public checks run even if some fail; the
 * signed-in checks depend on each other, so they stop at the first failure. Returns all results.
 */
export async function smoke(
  options: SmokeOptions,
  onOutcome: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const runCheck = async (check: Check, client: Client) => {
    const outcome = await time(check, client, options)
    outcomes.push(outcome)
    onOutcome(outcome)
    return outcome.reason === undefined
  }
  for (const check of PUBLIC_CHECKS) await runCheck(check, newClient(options))
  if (!options.account) return outcomes
  const signedIn = new SignedInChecks()
  const person = newClient(options)
  for (const check of signedIn.checks) if (!(await runCheck(check, person))) break
  for (const check of signedIn.cleanup) await time(check, person, options)
  return outcomes
}

function newClient({ origin, headers = {} }: SmokeOptions): Client {
  const client = new Client(origin)
  client.headers = headers
  return client
}

async function time({ name, run }: Check, client: Client, options: SmokeOptions): Promise<Outcome> {
  const { timeout = TIMEOUT } = options
  const startedAt = performance.now()
  const ms = () => Math.round(performance.now() - startedAt)
  client.signal = AbortSignal.timeout(timeout)
  try {
    await run(client, options)
    return { name, ms: ms() }
  } catch (error) {
    return { name, ms: ms(), reason: client.signal.aborted ? `no answer within ${timeout} ms` : reasonOf(error) }
  }
}

/** Returns our own message, or an error code such as ECONNREFUSED: other messages may hold the data that was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof SmokeFailure) return error.message
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? `not reached: ${cause.code}` : `failed: ${(error as Error).name}`
}
