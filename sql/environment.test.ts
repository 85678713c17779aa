import { expect, test } from 'vitest'
import { assertAllowed, type Effect, type Standing } from './environment.ts'

const HERE: Standing = { isLoopback: true, marked: null, asked: undefined }
const ELSEWHERE: Standing = { ...HERE, isLoopback: false }

test.each<[Effect, Standing, string]>([
  ['reads', ELSEWHERE, 'allowed'],
  ['reads', { ...ELSEWHERE, marked: 'production' }, 'allowed'],
  ['reads', { ...ELSEWHERE, marked: 'production', asked: 'staging' }, 'is production, not staging'],
  ['migrates', HERE, 'allowed'],
  ['migrates', ELSEWHERE, 'say --environment staging or production'],
  ['migrates', { ...ELSEWHERE, asked: 'production' }, 'allowed'],
  ['migrates', { ...HERE, marked: 'production' }, 'say --environment staging or production'],
  ['migrates', { ...HERE, marked: 'production', asked: 'production' }, 'allowed'],
  ['destroys', HERE, 'allowed'],
  ['destroys', { ...HERE, asked: 'staging' }, 'does not say what it is'],
  ['destroys', ELSEWHERE, 'does not say what it is'],
  ['destroys', { ...ELSEWHERE, asked: 'staging' }, 'does not say what it is'],
  ['destroys', { ...ELSEWHERE, asked: 'production' }, 'would destroy what is in production'],
  ['destroys', { ...HERE, marked: 'staging' }, 'say --environment staging'],
  ['destroys', { ...ELSEWHERE, marked: 'staging' }, 'say --environment staging'],
  ['destroys', { ...ELSEWHERE, marked: 'staging', asked: 'staging' }, 'allowed'],
  ['destroys', { ...HERE, marked: 'production' }, 'would destroy what is in production'],
  ['destroys', { ...ELSEWHERE, marked: 'production', asked: 'production' }, 'would destroy what is in production'],
  ['destroys', { ...ELSEWHERE, marked: 'production', asked: 'staging' }, 'is production, not staging'],
])('a command that %s with %j is %s', (effect, standing, outcome) => {
  const attempt = () => assertAllowed(effect, standing)
  if (outcome === 'allowed') expect(attempt).not.toThrow()
  else expect(attempt).toThrow(outcome)
})
