import { expect, test } from 'vitest'
import { assertClassesKept, assertNoNewClass, classesAt } from './durable-object-classes.ts'
import { git } from './git.ts'

const FILES: Record<string, string> = {
  'old:wrangler.toml': 'name = "cruddur"\n',
  'new:wrangler.toml': 'name = "cruddur"\n\n[exports.UserSockets]\ntype = "durable-object"\nstorage = "sqlite"\n',
}

/** Stands in for `git show`. */
const runGit = (...args: string[]): string => {
  const file = FILES[args[1] ?? '']
  if (file === undefined) throw new Error('fatal: invalid object name')
  return file
}

test('reads the classes of a commit', () => {
  expect(classesAt('old', runGit)).toEqual([])
  expect(classesAt('new', runGit)).toEqual(['UserSockets'])
  expect(classesAt('unknown', runGit)).toBeUndefined()
  expect(git('show', ':wrangler.toml')).toContain('[exports.UserSockets]')
})

test('refuses to release a new class in steps', () => {
  expect(() => assertNoNewClass('old', 'new', runGit)).toThrow(
    'new adds the Durable Object class UserSockets, which cannot be released in steps',
  )
  for (const live of ['new', 'unknown']) expect(() => assertNoNewClass(live, 'new', runGit)).not.toThrow()
})

test('refuses to roll back beyond a class', () => {
  expect(() => assertClassesKept('new', 'old', runGit)).toThrow(
    'old is from before the Durable Object class UserSockets, and Cloudflare does not go back beyond that. Push a commit that',
  )
  for (const target of ['new', 'unknown']) expect(() => assertClassesKept('new', target, runGit)).not.toThrow()
})
