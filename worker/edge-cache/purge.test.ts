import { expect, test } from 'vitest'
import '../api/api.ts'
import { urlsShowing } from './purge.ts'

const UUID = '01a20dc2-7aaa-7389-b334-d306f5b17a26'
const target = { uuid: UUID, handle: 'anna', is_deleted: true, tags: [], images_count: 0 }

test.each([
  [0, []],
  [2, ['1', '2']],
])('purges the photo pages of as many images as there are: %i', (images_count, expected) => {
  const urls = urlsShowing([{ ...target, images_count }])
  expect(urls).toContain(`/@anna/status/${UUID}`)
  const numbers = urls.flatMap((url) => /\/photo\/(\d)/.exec(url)?.[1] ?? [])
  expect([...new Set(numbers)]).toEqual(expected)
})
