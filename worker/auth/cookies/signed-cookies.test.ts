import { expect, test } from 'vitest'
import type { Env } from '../../env.ts'
import { readSignedCookie, signedCookie } from './signed-cookies.ts'

const env = { secretKey: 'a'.repeat(43) } as Env

const requestWith = (cookie: string) => new Request('https://cruddur.example/', { headers: { cookie } })

async function setCookie(name: `__Host-${string}`, value: string): Promise<string> {
  return (await signedCookie(env, name, value, 60)).split(';')[0] ?? ''
}

test('returns what was signed', async () => {
  const cookie = await setCookie('__Host-a', 'value.with=signs')
  await expect(readSignedCookie(env, requestWith(`other=1; ${cookie}`), '__Host-a')).resolves.toBe('value.with=signs')
})

test('sets a host-only cookie that scripts cannot read', async () => {
  await expect(signedCookie(env, '__Host-a', 'x', 60)).resolves.toMatch(
    /^__Host-a=[^;]+; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
})

test('returns nothing for a missing, altered or unsigned cookie', async () => {
  const cookie = await setCookie('__Host-a', 'x')
  for (const header of ['b=1', cookie.replace('=x', '=y'), '__Host-a=x', '__Host-a=']) {
    await expect(readSignedCookie(env, requestWith(header), '__Host-a')).resolves.toBeUndefined()
  }
})

test('returns nothing for a value that was signed for another cookie or with another key', async () => {
  const cookie = await setCookie('__Host-a', 'x')
  await expect(
    readSignedCookie(env, requestWith(cookie.replace('__Host-a', '__Host-b')), '__Host-b'),
  ).resolves.toBeUndefined()
  await expect(
    readSignedCookie({ ...env, secretKey: 'b'.repeat(43) }, requestWith(cookie), '__Host-a'),
  ).resolves.toBeUndefined()
})
