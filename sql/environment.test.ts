import { expect, test } from 'vitest'
import { assertAllowed, type Effect, type TargetState } from './environment.ts'

const HERE: TargetState = { isLoopback: true, marked: null, requested: undefined }
const ELSEWHERE: TargetState = { ...HERE, isLoopback: false }

test.each<[Effect, TargetState, string]>([
  ['reads', ELSEWHERE, 'allowed'],
  ['reads', { ...ELSEWHERE, marked: 'production' }, 'allowed'],
  ['reads', { ...ELSEWHERE, marked: 'production', requested: 'staging' }, 'is production, not staging'],
  ['migrates', HERE, 'allowed'],
  ['migrates', ELSEWHERE, 'add --environment staging or production'],
  ['migrates', { ...ELSEWHERE, requested: 'production' }, 'allowed'],
  ['migrates', { ...HERE, marked: 'production' }, 'add --environment staging or production'],
  ['migrates', { ...HERE, marked: 'production', requested: 'production' }, 'allowed'],
  ['destroys', HERE, 'allowed'],
  ['destroys', { ...HERE, requested: 'staging' }, 'has no environment mark'],
  ['destroys', ELSEWHERE, 'has no environment mark'],
  ['destroys', { ...ELSEWHERE, requested: 'staging' }, 'has no environment mark'],
  ['destroys', { ...ELSEWHERE, requested: 'production' }, 'would delete production data'],
  ['destroys', { ...HERE, marked: 'staging' }, 'add --environment staging'],
  ['destroys', { ...ELSEWHERE, marked: 'staging' }, 'add --environment staging'],
  ['destroys', { ...ELSEWHERE, marked: 'staging', requested: 'staging' }, 'allowed'],
  ['destroys', { ...HERE, marked: 'production' }, 'would delete production data'],
  ['destroys', { ...ELSEWHERE, marked: 'production', requested: 'production' }, 'would delete production data'],
  ['destroys', { ...ELSEWHERE, marked: 'production', requested: 'staging' }, 'is production, not staging'],
])('a command that %s with %j is %s', (effect, standing, outcome) => {
  const attempt = () => assertAllowed(effect, standing)
  if (outcome === 'allowed') expect(attempt).not.toThrow()
  else expect(attempt).toThrow(outcome)
})
