import { expect, test } from 'vitest'
import * as ours from './jsx-runtime.ts'

test('exports what the installed react/jsx-runtime exports', async () => {
  const theirs = await import('react/jsx-runtime')
  const names = Object.keys(theirs).filter((name) => name !== 'default' && name !== 'module.exports')
  expect(Object.keys(ours).sort()).toEqual(names.sort())
})
