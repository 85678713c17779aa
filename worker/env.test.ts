import { describe, expect, test } from 'vitest'
import { BINDINGS, CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from '../tests/harness/bindings.ts'
import { EnvError, parseEnv } from './env.ts'

const good = {
  DATABASE_URL: 'postgres://cruddur:sesame@db.example.com/cruddur',
  COGNITO_REGION: 'eu-central-1',
  COGNITO_USER_POOL_ID: 'eu-central-1_abc',
  COGNITO_CLIENT_ID: 'client',
  SECRET_KEY,
  EVIDENCE_KEY,
  CONTACT_EMAIL,
  ...BINDINGS,
}

/** Returns the error message for settings, or 'accepted'. */
function refusal(changes: Record<string, unknown>): string {
  try {
    parseEnv({ ...good, ...changes })
  } catch (error) {
    if (error instanceof EnvError) return error.message
    throw error
  }
  return 'accepted'
}

describe('happy', () => {
  test('derives Cognito’s URLs from region and pool', () => {
    expect(parseEnv(good)).toEqual({
      databaseUrl: good.DATABASE_URL,
      neonEndpoint: undefined,
      cognito: {
        clientId: 'client',
        clientSecret: undefined,
        endpoint: 'https://cognito-idp.eu-central-1.amazonaws.com/',
        issuers: ['cognito-idp', 'issuer-cognito-idp'].map((service) => ({
          issuer: `https://${service}.eu-central-1.amazonaws.com/eu-central-1_abc`,
          jwksUrl: `https://${service}.eu-central-1.amazonaws.com/eu-central-1_abc/.well-known/jwks.json`,
        })),
      },
      secretKey: SECRET_KEY,
      evidenceKeys: [EVIDENCE_KEY],
      contactEmail: CONTACT_EMAIL,
      push: undefined,
      isSignUpOpen: true,
      allowedOrigins: [],
      edgeCacheSeconds: 15,
      version: 'development',
      rollbar: undefined,
      limiters: {
        reads: good.READS,
        paging: good.PAGING,
        writes: good.WRITES,
        clientIpWrites: good.CLIENT_IP_WRITES,
        uploads: good.UPLOADS,
        media: good.MEDIA,
        authAttempts: good.AUTH_ATTEMPTS,
        clientErrors: good.CLIENT_ERRORS,
      },
      images: good.IMAGES,
      avatars: good.AVATARS,
      userSockets: good.USER_SOCKETS,
    })
  })

  test('takes several evidence keys, the newest first', () => {
    const old = btoa('a key for evidence of last month')
    expect(parseEnv({ ...good, EVIDENCE_KEY: `${EVIDENCE_KEY} ${old}` }).evidenceKeys).toEqual([EVIDENCE_KEY, old])
  })

  test('takes the keys for push services', () => {
    const keys = { VAPID_PUBLIC_KEY: `BA${'A'.repeat(85)}`, VAPID_PRIVATE_KEY: 'A'.repeat(43) }
    const push = { publicKey: keys.VAPID_PUBLIC_KEY, privateKey: keys.VAPID_PRIVATE_KEY }
    expect(parseEnv({ ...good, ...keys }).push).toEqual({ ...push, endpoint: undefined })
    const PUSH_ENDPOINT = 'http://127.0.0.1:8799'
    expect(parseEnv({ ...good, ...keys, PUSH_ENDPOINT }).push).toEqual({ ...push, endpoint: PUSH_ENDPOINT })
    expect(parseEnv({ ...good, VAPID_PUBLIC_KEY: '', VAPID_PRIVATE_KEY: '' }).push).toBeUndefined()
  })

  test('takes the version from the deployment', () => {
    expect(parseEnv({ ...good, VERSION: { id: 'abc', tag: '', timestamp: '' } }).version).toBe('abc')
    expect(parseEnv({ ...good, VERSION: { id: '' } }).version).toBe('development')
  })

  test('splits origins at commas and spaces', () => {
    const { allowedOrigins } = parseEnv({ ...good, ALLOWED_ORIGINS: 'https://a.example, https://b.example' })
    expect(allowedOrigins).toEqual(['https://a.example', 'https://b.example'])
  })

  test.each([0, 5, 15])('accepts an edge cache of %i seconds', (seconds) => {
    expect(parseEnv({ ...good, EDGE_CACHE_SECONDS: String(seconds) }).edgeCacheSeconds).toBe(seconds)
  })

  test('parses the same bindings once', () => {
    const bindings = { ...good }
    expect(parseEnv(bindings)).toBe(parseEnv(bindings))
  })
})

describe('error', () => {
  test.each([
    ['DATABASE_URL', undefined, 'DATABASE_URL is missing'],
    ['DATABASE_URL', '', 'DATABASE_URL is empty'],
    ['DATABASE_URL', 'mysql://u:sesame@x/y', 'DATABASE_URL must be a postgres:// URL'],
    ['COGNITO_REGION', undefined, 'COGNITO_REGION is missing'],
    ['COGNITO_USER_POOL_ID', '', 'COGNITO_USER_POOL_ID is empty'],
    ['COGNITO_CLIENT_ID', undefined, 'COGNITO_CLIENT_ID is missing'],
    ['SECRET_KEY', undefined, 'SECRET_KEY is missing'],
    ['SECRET_KEY', btoa('sesame, but 31 bytes of it only'), 'SECRET_KEY must be 32 bytes or more in base64'],
    ['SECRET_KEY', `${'sesame'.repeat(9)}!`, 'SECRET_KEY must be 32 bytes or more in base64'],
    ['EVIDENCE_KEY', undefined, 'EVIDENCE_KEY is missing'],
    ['EVIDENCE_KEY', btoa('sesame, but 31 bytes of it only'), 'EVIDENCE_KEY must be 32 bytes in base64'],
    ['EVIDENCE_KEY', `${EVIDENCE_KEY},sesame`, 'EVIDENCE_KEY must be 32 bytes in base64'],
    ['CONTACT_EMAIL', undefined, 'CONTACT_EMAIL is missing'],
    ['CONTACT_EMAIL', '', 'CONTACT_EMAIL is empty'],
    ['CONTACT_EMAIL', 'sesame at example.com', 'CONTACT_EMAIL must be an email address'],
    ['VAPID_PUBLIC_KEY', 'sesame', 'VAPID_PUBLIC_KEY must be 65 bytes in base64url'],
    ['VAPID_PUBLIC_KEY', `BA${'A'.repeat(85)}`, 'VAPID_PRIVATE_KEY is missing'],
    ['VAPID_PRIVATE_KEY', 'sesame', 'VAPID_PRIVATE_KEY must be 32 bytes in base64url'],
    ['VAPID_PRIVATE_KEY', 'A'.repeat(43), 'VAPID_PUBLIC_KEY is missing'],
    ['PUSH_ENDPOINT', 'https://push.example', 'PUSH_ENDPOINT must be a loopback address'],
    ['SIGN_UP', 'maybe', 'SIGN_UP must be open or closed'],
    ['IMAGES', undefined, 'IMAGES is not bound'],
    ['AVATARS', 'sesame', 'AVATARS is not bound'],
    ['USER_SOCKETS', 'sesame', 'USER_SOCKETS is not bound'],
  ])('%s = %j', (name, value, message) => {
    const refused = refusal({ [name]: value })
    expect(refused).toContain(message)
    expect(refused).not.toContain('sesame')
  })

  test('names every invalid setting', () => {
    const refused = refusal({ DATABASE_URL: undefined, COGNITO_CLIENT_ID: '', NEON_ENDPOINT: 'https://db.example.com' })
    expect(refused).toContain('DATABASE_URL')
    expect(refused).toContain('COGNITO_CLIENT_ID')
    expect(refused).toContain('NEON_ENDPOINT')
  })
})

test('replaces AWS’s issuers by a local issuer or JWKS URL', () => {
  const issuer = 'http://127.0.0.1:8790/us-east-1_x'
  const issuersWith = (changes: object) => parseEnv({ ...good, ...changes }).cognito.issuers
  expect(issuersWith({ COGNITO_ISSUER: issuer })).toEqual([{ issuer, jwksUrl: `${issuer}/.well-known/jwks.json` }])
  const COGNITO_JWKS_URL = 'http://127.0.0.1:8790/jwks.json'
  expect(issuersWith({ COGNITO_JWKS_URL })).toEqual(
    issuersWith({}).map(({ issuer }) => ({ issuer, jwksUrl: COGNITO_JWKS_URL })),
  )
})

describe('security', () => {
  const OVERRIDES = ['NEON_ENDPOINT', 'COGNITO_ENDPOINT', 'COGNITO_ISSUER', 'COGNITO_JWKS_URL']
  const cases = (values: string[]) => OVERRIDES.flatMap((name) => values.map((value) => [name, value] as const))

  test.each(cases(['http://127.0.0.1:8790/', 'http://localhost:1/sql', 'http://[::1]:8790/x']))(
    '%s may be a loopback address: %s',
    (name, value) => {
      expect(refusal({ [name]: value })).toBe('accepted')
    },
  )

  test.each(
    cases([
      'https://evil.example/sesame',
      'http://127.0.0.1.evil.example/sesame',
      'http://localhost.evil.example/sesame',
      'http://127.0.0.1@evil.example/sesame',
      'http://10.0.0.1/sesame',
      'http://0.0.0.0/sesame',
      '//evil.example/sesame',
      'sesame',
      '',
    ]),
  )('%s must not be another address: %s', (name, value) => {
    const refused = refusal({ [name]: value })
    expect(refused).toBe(`${name} must be a loopback address`)
  })
})
