import type { Answer } from '../../tests/harness/client.ts'

/** A failed check. The message holds neither users' data nor secrets. */
export class SmokeFailure extends Error {
  override name = 'SmokeFailure'
}

export function fail(what: string): never {
  throw new SmokeFailure(what)
}

/** A response with its path, for messages. */
type CheckedResponse = { path: string; answer: Answer }

export function expectStatus({ path, answer }: CheckedResponse, status: number): void {
  if (answer.status !== status) fail(`${path} answered ${answer.status} instead of ${status}`)
}

export function expectHeader({ path, answer }: CheckedResponse, name: string, pattern: RegExp): void {
  const value = answer.headers.get(name)
  if (value === null) fail(`${path} has no ${name}`)
  // Never print header values: they may hold cookies.
  if (!pattern.test(value)) fail(`${path} has a ${name} that does not match ${pattern}`)
}

export function expectNoHeader({ path, answer }: CheckedResponse, name: string, pattern: RegExp): void {
  const value = answer.headers.get(name)
  if (value !== null && pattern.test(value)) fail(`${path} has a ${name} that matches ${pattern}`)
}

export function expectText({ path, answer }: CheckedResponse, pattern: RegExp, what: string): string {
  const [found, first = found] = pattern.exec(answer.text) ?? []
  if (found === undefined) fail(`${path} has no ${what}`)
  return first as string
}
