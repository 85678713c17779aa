import { beforeAll, describe, expect, it } from 'vitest'
import { ERROR_STATUS } from '../../worker/contract/error.ts'
import { ERROR_MESSAGES } from './error-messages.ts'
import { fieldError, formErrors, sendFailure } from './form-errors.ts'
import { errorMessage, loadErrorMessages, NOT_SENT } from './lazy-error-messages.ts'

it('returns a fallback before the messages are loaded', () => {
  expect(errorMessage('handle_taken')).toMatch(/again in a moment/)
})

describe('the messages', () => {
  beforeAll(loadErrorMessages)

  it('exist for exactly the error codes', () => {
    expect(Object.keys(ERROR_MESSAGES).sort()).toEqual(Object.keys(ERROR_STATUS).sort())
  })

  it.each(Object.entries(ERROR_MESSAGES))('%s has a short, complete message in the site’s words', (_, text) => {
    expect(text).toMatch(/^[A-Z].*\.$/)
    expect(text.length).toBeLessThan(120)
    expect(text).not.toMatch(/oops|went wrong|content|\bposts?\b|error|invalid|failed/i)
  })

  it('treat an unknown code as an internal error', () => {
    expect(errorMessage('of_tomorrow')).toBe(ERROR_MESSAGES.internal)
    expect(errorMessage('constructor')).toBe(ERROR_MESSAGES.internal)
  })

  it('say in UTC when a limit ends', () => {
    const item = { code: 'new_account_limit', until: '2026-11-30T14:05:00.000Z' } as const
    const text = 'New accounts have lower limits on their first day. Yours end on 30 Nov, 14:05 UTC.'
    expect(errorMessage(item.code, item.until)).toBe(text)
    expect(formErrors([item], [])).toEqual([text])
    expect(sendFailure([item], [])).toEqual([`Not sent. It is kept here. ${text}`])
    expect(errorMessage(item.code)).not.toContain('{')
  })

  it('are assigned to their field, or to the form', () => {
    const errors = [
      { code: 'handle_taken', field: 'handle' },
      { code: 'too_many_requests' },
      { code: 'internal', field: 'elsewhere' },
    ] as const
    expect(fieldError(errors, 'handle')).toBe(ERROR_MESSAGES.handle_taken)
    expect(fieldError(errors, 'email')).toBeUndefined()
    expect(fieldError(undefined, 'email')).toBeUndefined()
    expect(formErrors(errors, ['handle'])).toEqual([ERROR_MESSAGES.too_many_requests, ERROR_MESSAGES.internal])
  })

  it('say of a text that was not sent that it is kept', () => {
    const errors = [
      { code: 'database_unavailable' },
      { code: 'too_many_requests' },
      { code: 'message_blank', field: 'message' },
      { code: 'internal' },
    ] as const
    const kept = `Not sent. It is kept here. ${ERROR_MESSAGES.too_many_requests}`
    expect(sendFailure(errors, ['message'])).toEqual([NOT_SENT, kept])
    expect(sendFailure(errors, [])).toEqual([NOT_SENT, kept, ERROR_MESSAGES.message_blank])
  })
})
