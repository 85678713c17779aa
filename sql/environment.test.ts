import { expect, test } from 'vitest'
import { assertAllowed, type Effect, type TargetState } from './environment.ts'

const LOCAL: TargetState = { isLoopback: true, marked: null, requested: undefined }
const REMOTE: TargetState = { ...LOCAL, isLoopback: false }

test.each<[Effect, TargetState, string]>([
  ['reads', REMOTE, 'allowed'],
  ['reads', { ...REMOTE, marked: 'production' }, 'allowed'],
  ['reads', { ...REMOTE, marked: 'production', requested: 'staging' }, 'is production, not staging'],
  ['migrates', LOCAL, 'allowed'],
  ['migrates', REMOTE, 'add --environment staging or production'],
  ['migrates', { ...REMOTE, requested: 'production' }, 'allowed'],
  ['migrates', { ...LOCAL, marked: 'production' }, 'add --environment staging or production'],
  ['migrates', { ...LOCAL, marked: 'production', requested: 'production' }, 'allowed'],
  ['destroys', LOCAL, 'allowed'],
  ['destroys', { ...LOCAL, requested: 'staging' }, 'has no environment mark'],
  ['destroys', REMOTE, 'has no environment mark'],
  ['destroys', { ...REMOTE, requested: 'staging' }, 'has no environment mark'],
  ['destroys', { ...REMOTE, requested: 'production' }, 'would delete production data'],
  ['destroys', { ...LOCAL, marked: 'staging' }, 'add --environment staging'],
  ['destroys', { ...REMOTE, marked: 'staging' }, 'add --environment staging'],
  ['destroys', { ...REMOTE, marked: 'staging', requested: 'staging' }, 'allowed'],
  ['destroys', { ...LOCAL, marked: 'production' }, 'would delete production data'],
  ['destroys', { ...REMOTE, marked: 'production', requested: 'production' }, 'would delete production data'],
  ['destroys', { ...REMOTE, marked: 'production', requested: 'staging' }, 'is production, not staging'],
])('a command that %s with %j is %s', (effect, state, outcome) => {
  const attempt = () => assertAllowed(effect, state)
  if (outcome === 'allowed') expect(attempt).not.toThrow()
  else expect(attempt).toThrow(outcome)
})
