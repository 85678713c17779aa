import { beforeAll, expect, test } from 'vitest'
import { makeDatabase } from '../../../tests/harness/database.ts'
import { makeJobEnv } from '../../../tests/harness/worker-env.ts'
import { createContext, type RequestContext } from '../../context.ts'
import type { Env } from '../../env.ts'
import { readSignUp, rememberSignUp } from './sign-up-cookie.ts'

const EMAIL = 'anna@example.com'
const SUB = crypto.randomUUID()

let env: Env
beforeAll(async () => {
  env = makeJobEnv(await makeDatabase(), {})
})

const contextWith = (cookie: string): RequestContext =>
  createContext(new Request('https://cruddur.example/', { headers: { cookie } }), env, { waitUntil: () => {} })

/** Sets the cookie; returns its Set-Cookie line, and a function that reads it from a request of that browser. */
async function remembers(session?: string) {
  const context = contextWith('')
  await rememberSignUp(context, EMAIL, { sub: SUB, ...(session && { session }) })
  const [line = ''] = context.setCookies
  return { line, read: (email: string) => readSignUp(contextWith(line.split(';')[0] ?? ''), email) }
}

test('stores the account and its Session for a day, bound to an email that it does not reveal', async () => {
  const session = `AYABe.${'Az0+/-_='.repeat(255)}`
  const { line, read } = await remembers(session)
  expect(line).toMatch(/; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  expect(line).not.toMatch(/anna/i)
  expect(await read(EMAIL)).toEqual({ sub: SUB, session })
  expect(await read('Anna@Example.com')).toEqual({ sub: SUB, session })
  expect(await read('anna@example.org')).toBeUndefined()
})

test('omits a Session that would exceed the browsers’ cookie size', async () => {
  const longest = await remembers('s'.repeat(3_798))
  expect(await longest.read(EMAIL)).toMatchObject({ session: expect.any(String) })
  expect(longest.line.split(';')[0]?.length).toBeLessThanOrEqual(4_096)
  expect(await (await remembers('/'.repeat(2_048))).read(EMAIL)).toEqual({ sub: SUB })
})
