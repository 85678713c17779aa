import { expect, test } from 'vitest'
import { assertAllowed, type Effect, type Standing } from './environment.ts'

const HERE: Standing = { isLoopback: true, marked: null, asked: undefined }
const ELSEWHERE: Standing = { ...HERE, isLoopback: false }

test.each<[Effect, Standing, string]>([
  ['reads', ELSEWHERE, 'allowed'],
  ['reads', { ...ELSEWHERE, marked: 'production' }, 'allowed'],
  ['reads', { ...ELSEWHERE, marked: 'production', asked: 'staging' }, 'is production, not staging'],
  ['migrates', HERE, 'allowed'],
  ['migrates', ELSEWHERE, 'add --environment staging or production'],
  ['migrates', { ...ELSEWHERE, asked: 'production' }, 'allowed'],
  ['migrates', { ...HERE, marked: 'production' }, 'add --environment staging or production'],
  ['migrates', { ...HERE, marked: 'production', asked: 'production' }, 'allowed'],
  ['destroys', HERE, 'allowed'],
  ['destroys', { ...HERE, asked: 'staging' }, 'has no environment mark'],
  ['destroys', ELSEWHERE, 'has no environment mark'],
  ['destroys', { ...ELSEWHERE, asked: 'staging' }, 'has no environment mark'],
  ['destroys', { ...ELSEWHERE, asked: 'production' }, 'would delete production data'],
  ['destroys', { ...HERE, marked: 'staging' }, 'add --environment staging'],
  ['destroys', { ...ELSEWHERE, marked: 'staging' }, 'add --environment staging'],
  ['destroys', { ...ELSEWHERE, marked: 'staging', asked: 'staging' }, 'allowed'],
  ['destroys', { ...HERE, marked: 'production' }, 'would delete production data'],
  ['destroys', { ...ELSEWHERE, marked: 'production', asked: 'production' }, 'would delete production data'],
  ['destroys', { ...ELSEWHERE, marked: 'production', asked: 'staging' }, 'is production, not staging'],
])('a command that %s with %j is %s', (effect, standing, outcome) => {
  const attempt = () => assertAllowed(effect, standing)
  if (outcome === 'allowed') expect(attempt).not.toThrow()
  else expect(attempt).toThrow(outcome)
})
