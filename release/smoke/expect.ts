import type { Answer } from '../../tests/harness/client.ts'

/** What a check found wrong, in words that hold nothing of a person and no secret. */
export class SmokeFailure extends Error {
  override name = 'SmokeFailure'
}

export function fail(what: string): never {
  throw new SmokeFailure(what)
}

/** The address that was asked, for the reason that a failure gives. */
type Asked = { path: string; answer: Answer }

export function expectStatus({ path, answer }: Asked, status: number): void {
  if (answer.status !== status) fail(`${path} answered ${answer.status} instead of ${status}`)
}

export function expectHeader({ path, answer }: Asked, name: string, pattern: RegExp): void {
  const value = answer.headers.get(name)
  if (value === null) fail(`${path} has no ${name}`)
  // Never print header values: they may hold cookies.
  if (!pattern.test(value)) fail(`${path} has another ${name} than ${pattern}`)
}

export function expectNoHeader({ path, answer }: Asked, name: string, pattern: RegExp): void {
  const value = answer.headers.get(name)
  if (value !== null && pattern.test(value)) fail(`${path} has ${name} like ${pattern}`)
}

export function expectText({ path, answer }: Asked, pattern: RegExp, what: string): string {
  const [found, first = found] = pattern.exec(answer.text) ?? []
  if (found === undefined) fail(`${path} has no ${what}`)
  return first as string
}
