import type { RouteObject } from 'react-router'
import { expect, test } from 'vitest'
import { READ_AHEAD } from './lib/ahead.ts'
import { routes } from './routes.tsx'

const pagesOf = (page: RouteObject): RouteObject[] => page.children?.flatMap(pagesOf) ?? [page]
const pages = routes.flatMap(pagesOf)

test('the id of each page is the name of its module, by which the edge finds its files', () => {
  expect(pages.length).toBeGreaterThan(20)
  for (const { id, lazy } of pages) expect(String(lazy)).toMatch(new RegExp(`/pages/${id}\\.tsx?\\b`))
})

test('what is read ahead are pages', () => {
  const ids = pages.map(({ id }) => id)
  expect([...READ_AHEAD].filter((id) => !ids.includes(id))).toEqual([])
})
