import { expect } from 'vitest'
import type { ErrorCode, ErrorItem } from '../../../worker/contract/error.ts'
import type { Answer } from '../../harness/client.ts'

/** Expects a status; the failure shows the whole answer. */
export function expectStatus(answer: Answer, status: number): Answer {
  expect(answer.status, `${answer.headers.get('location') ?? ''}\n${answer.text}`).toBe(status)
  return answer
}

/** An expected error: its code, or its code and field. */
type Expected = ErrorCode | (Omit<ErrorItem, 'suggestions'> & { suggestions?: unknown })

const byField = (a: { field?: string }, b: { field?: string }) => (a.field ?? '').localeCompare(b.field ?? '')

/** Expects a body with exactly these errors, in any order, and the request id. */
export function expectErrors(answer: Answer, status: number, errors: Expected[]): void {
  expectStatus(answer, status)
  const expected = errors.map(
    (error): Exclude<Expected, string> => (typeof error === 'string' ? { code: error } : error),
  )
  const body = { ...answer.body, errors: (answer.body?.errors ?? []).toSorted(byField) }
  const request_id = answer.headers.get('x-request-id')
  expect(body, answer.text).toEqual({ errors: expected.toSorted(byField), request_id })
  expect(request_id).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers.get('cache-control')).toContain('no-store')
}
