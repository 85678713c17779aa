import { expect, test } from 'vitest'
import { EVIDENCE_KEY } from '../../tests/harness/bindings.ts'
import type { Env } from '../env.ts'
import { openBytes, openEvidence, openText, sealBytes, sealEvidence, sealText } from './evidence.ts'

const envOf = (...evidenceKeys: string[]) => ({ evidenceKeys }) as Env
const env = envOf(EVIDENCE_KEY)
const NEW_KEY = btoa('a key for evidence of next month')
const copy = {
  message: 'so rude 👩‍🚀',
  warning: null,
  images: [{ alt: 'a rude gesture' }],
  note: null,
  name: 'Nora',
  email: 'nora@example.com',
}

test('a copy opens again, and shows nothing by itself', async () => {
  const sealed = await sealEvidence(env, copy, '7K3M-9QXP-2TVC')
  expect(await openEvidence(env, sealed, '7K3M-9QXP-2TVC')).toEqual(copy)
  const bytes = atob(sealed.split('.')[1] ?? '')
  expect(bytes.length).toBeGreaterThan(JSON.stringify(copy).length)
  expect(bytes).not.toContain('rude')
  expect(await sealEvidence(env, copy, '7K3M-9QXP-2TVC')).not.toBe(sealed)
})

test('a copy of the release before opens, without images', async () => {
  const { images: _, ...before } = copy
  const sealed = await sealText(env, JSON.stringify(before), 'x')
  expect(await openEvidence(env, sealed, 'x')).toEqual({ ...before, images: [] })
})

test('bytes open again with the key that sealed them, and only as what they are about', async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(10_000))
  const sealed = await sealBytes(env, bytes.buffer, 'one')
  const both = envOf(NEW_KEY, EVIDENCE_KEY)
  expect(new Uint8Array(await openBytes(both, sealed, 'one'))).toEqual(bytes)
  await expect(openBytes(env, sealed, 'another')).rejects.toThrow()
  await expect(openBytes(envOf(NEW_KEY), sealed, 'one')).rejects.toThrow('lacks the key')
  expect(new TextDecoder('latin1').decode(sealed)).not.toContain(
    new TextDecoder('latin1').decode(bytes.subarray(100, 116)),
  )
})

test('after a change of keys the old one opens old copies, and the new one seals', async () => {
  const old = await sealText(env, 'old', 'x')
  const both = envOf(NEW_KEY, EVIDENCE_KEY)
  expect(await openText(both, old, 'x')).toBe('old')
  const fresh = await sealText(both, 'new', 'x')
  expect(await openText(envOf(NEW_KEY), fresh, 'x')).toBe('new')
  await expect(openText(envOf(NEW_KEY), old, 'x')).rejects.toThrow('lacks the key')
})

test('a copy of another report, or a changed one, does not open', async () => {
  const sealed = await sealText(env, 'text', 'one')
  await expect(openText(env, sealed, 'another')).rejects.toThrow()
  const [id, base64 = ''] = sealed.split('.')
  const changed = `${id}.${base64.startsWith('A') ? 'B' : 'A'}${base64.slice(1)}`
  await expect(openText(env, changed, 'one')).rejects.toThrow()
})
