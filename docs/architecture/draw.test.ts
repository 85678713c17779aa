import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { draw, fileOf, THEME_NAMES } from './draw.ts'
import { ARROWS, PARTS } from './parts.ts'

test.each(THEME_NAMES)('the %s drawing is up to date: run `npm run diagram`', (theme) => {
  expect(readFileSync(fileOf(theme), 'utf8')).toBe(draw(theme))
})

test('names folders and files that exist', () => {
  // dist/ is built, and not in the repository.
  const paths = PARTS.flatMap(({ path }) => path ?? []).filter((path) => !path.startsWith('dist/'))
  const root = join(import.meta.dirname, '../..')
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('each part has an arrow', () => {
  const connected = new Set(ARROWS.flatMap(({ from, to }) => [from, to]))
  expect(PARTS.map(({ name }) => name).filter((name) => !connected.has(name))).toEqual([])
})
