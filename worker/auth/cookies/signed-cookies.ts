import { parseSigned, serializeSigned } from 'hono/utils/cookie'
import type { Env } from '../../env.ts'

/** Returns the signing key of a cookie. The name is part of it, so that a value is not valid under another name. */
const keyOf = ({ secretKey }: Env, name: string): string => `${secretKey}\n${name}`

/**
 * Returns a Set-Cookie value signed with SECRET_KEY.
 * @param maxAge in seconds; 0 removes the cookie.
 */
export function signedCookie(env: Env, name: `__Host-${string}`, value: string, maxAge: number): Promise<string> {
  const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge } as const
  return serializeSigned(name, value, keyOf(env, name), options)
}

/** Returns the content of a signed cookie of the request; undefined if it is missing or the signature is wrong. */
export async function readSignedCookie(env: Env, request: Request, name: string): Promise<string | undefined> {
  const header = request.headers.get('cookie')
  if (!header) return undefined
  const value = (await parseSigned(header, keyOf(env, name), name))[name]
  return value === false ? undefined : value
}
