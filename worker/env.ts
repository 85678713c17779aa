import * as z from 'zod/mini'
import { EMAIL } from './contract/email.ts'
import { EDGE_MAX_AGE_SECONDS } from './contract/limits.ts'
import type { VapidKeys } from './live/vapid.ts'
import { ROLLBAR_ENDPOINT, type Rollbar } from './observe/rollbar.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Returns whether a URL's host is a loopback address. */
export const isLoopback = (value: string): boolean => URL.canParse(value) && LOOPBACK.has(new URL(value).hostname)

/** Override of a service's URL, for development. Loopback only: in production another host could be used to steal tokens. */
const loopbackUrl = z.optional(z.string().check(z.refine(isLoopback, { error: 'must be a loopback address' })))

const required = z.string({ error: 'is missing' }).check(z.minLength(1, { error: 'is empty' }))

/** Schema of a binding of wrangler.toml: an object with the method that we call. */
const binding = <Name extends keyof Cloudflare.Env>(_name: Name, method: keyof Cloudflare.Env[Name] & string) =>
  z.custom<Cloudflare.Env[Name]>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      method in value &&
      typeof Reflect.get(value, method) === 'function',
    { error: 'is not bound' },
  )

/** All settings of the Worker; local/check-environments.ts compares wrangler.toml with them. */
export const settings = z.object({
  DATABASE_URL: required.check(z.regex(/^postgres(ql)?:\/\//, { error: 'must be a postgres:// URL' })),
  NEON_ENDPOINT: loopbackUrl,
  COGNITO_REGION: required,
  COGNITO_USER_POOL_ID: required,
  COGNITO_CLIENT_ID: required,
  COGNITO_CLIENT_SECRET: z.optional(z.string()),
  COGNITO_ENDPOINT: loopbackUrl,
  COGNITO_ISSUER: loopbackUrl,
  COGNITO_JWKS_URL: loopbackUrl,
  SECRET_KEY: required.check(z.regex(/^[A-Za-z0-9+/]{43,}={0,2}$/, { error: 'must be 32 bytes or more in base64' })),
  EVIDENCE_KEY: required.check(
    z.regex(/^[A-Za-z0-9+/]{43}=( [A-Za-z0-9+/]{43}=)*$/, {
      error: 'must be 32 bytes in base64, before older keys separated by spaces',
    }),
  ),
  CONTACT_EMAIL: required.check(z.regex(EMAIL, { error: 'must be an email address' })),
  // Both or none: without them nothing is pushed.
  VAPID_PUBLIC_KEY: z.optional(
    z.string().check(z.regex(/^(B[A-P][\w-]{85})?$/, { error: 'must be 65 bytes in base64url' })),
  ),
  VAPID_PRIVATE_KEY: z.optional(
    z.string().check(z.regex(/^([\w-]{43})?$/, { error: 'must be 32 bytes in base64url' })),
  ),
  PUSH_ENDPOINT: loopbackUrl,
  SIGN_UP: z.optional(z.string().check(z.regex(/^(open|closed)?$/, { error: 'must be open or closed' }))),
  ALLOWED_ORIGINS: z.optional(z.string()),
  ROLLBAR_ACCESS_TOKEN: z.optional(z.string()),
  ROLLBAR_ENDPOINT: loopbackUrl,
  EDGE_CACHE_SECONDS: z.optional(
    z.string().check(z.regex(/^(\d|1[0-5])$/, { error: `must be a whole number from 0 to ${EDGE_MAX_AGE_SECONDS}` })),
  ),
  VERSION: z.optional(z.object({ id: z.string() })),
  READS: binding('READS', 'limit'),
  PAGING: binding('PAGING', 'limit'),
  WRITES: binding('WRITES', 'limit'),
  CLIENT_IP_WRITES: binding('CLIENT_IP_WRITES', 'limit'),
  UPLOADS: binding('UPLOADS', 'limit'),
  MEDIA: binding('MEDIA', 'limit'),
  AUTH_ATTEMPTS: binding('AUTH_ATTEMPTS', 'limit'),
  CLIENT_ERRORS: binding('CLIENT_ERRORS', 'limit'),
  IMAGES: binding('IMAGES', 'input'),
  AVATARS: binding('AVATARS', 'put'),
  // Optional: without it, tabs poll.
  USER_SOCKETS: z.optional(binding('USER_SOCKETS', 'getByName')),
})

/** The Worker's settings, validated. */
export type Env = {
  databaseUrl: string
  /** URL of a local stand-in for Neon's SQL endpoint; undefined in production. */
  neonEndpoint: string | undefined
  cognito: {
    clientId: string
    clientSecret: string | undefined
    endpoint: string
    /** Allowed values of `iss`, each with the URL of its JWKS. */
    issuers: { issuer: string; jwksUrl: string }[]
  }
  /** Key of our HMACs, signatures and encryption. */
  secretKey: string
  /** Keys of reported texts, in base64: the first encrypts, all decrypt. */
  evidenceKeys: string[]
  /** Email address of who runs the site, on the about page. */
  contactEmail: string
  /** The keys for push services, and the origin of a local stand-in for them; undefined: nothing is pushed. */
  push: (VapidKeys & { endpoint: string | undefined }) | undefined
  /** Whether new accounts can be made. */
  isSignUpOpen: boolean
  /** Origins whose scripts may call /api with a Bearer token. */
  allowedOrigins: string[]
  /** TTL of edge cache entries, in seconds; 0 disables the edge cache. */
  edgeCacheSeconds: number
  version: string
  /** Reporter of unexpected errors; undefined: they are logged only. */
  rollbar: Rollbar | undefined
  /** Cloudflare's rate limits, counted per location (wrangler.toml, [[ratelimits]]); middleware/rate-limits.ts says what each limits. */
  limiters: {
    reads: Cloudflare.Env['READS']
    paging: Cloudflare.Env['PAGING']
    writes: Cloudflare.Env['WRITES']
    clientIpWrites: Cloudflare.Env['CLIENT_IP_WRITES']
    uploads: Cloudflare.Env['UPLOADS']
    media: Cloudflare.Env['MEDIA']
    authAttempts: Cloudflare.Env['AUTH_ATTEMPTS']
    clientErrors: Cloudflare.Env['CLIENT_ERRORS']
  }
  /** Re-encodes images. */
  images: Cloudflare.Env['IMAGES']
  /** The bucket of avatars and images. */
  avatars: Cloudflare.Env['AVATARS']
  /** The Durable Objects that nudge open tabs (worker/live); undefined: tabs only poll. */
  userSockets: Cloudflare.Env['USER_SOCKETS'] | undefined
}

/** Missing or invalid settings. The message names them, never their values. */
export class EnvError extends Error {
  override name = 'EnvError'
}

const parsed = new WeakMap<object, Env>()

/**
 * Parses bindings and secrets, once per isolate.
 * @throws EnvError naming each missing or invalid setting.
 */
export function parseEnv(raw: object): Env {
  const known = parsed.get(raw)
  if (known) return known
  const result = settings.safeParse(raw)
  if (!result.success) {
    throw new EnvError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  }
  const value = result.data
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = value
  if (!publicKey !== !privateKey) throw new EnvError(`VAPID_${publicKey ? 'PRIVATE' : 'PUBLIC'}_KEY is missing`)
  const env: Env = {
    databaseUrl: value.DATABASE_URL,
    neonEndpoint: value.NEON_ENDPOINT,
    cognito: {
      clientId: value.COGNITO_CLIENT_ID,
      clientSecret: value.COGNITO_CLIENT_SECRET || undefined,
      endpoint: value.COGNITO_ENDPOINT ?? `https://cognito-idp.${value.COGNITO_REGION}.amazonaws.com/`,
      issuers: issuersOf(value),
    },
    secretKey: value.SECRET_KEY,
    evidenceKeys: value.EVIDENCE_KEY.split(' '),
    contactEmail: value.CONTACT_EMAIL,
    push: publicKey && privateKey ? { publicKey, privateKey, endpoint: value.PUSH_ENDPOINT } : undefined,
    isSignUpOpen: value.SIGN_UP !== 'closed',
    allowedOrigins: (value.ALLOWED_ORIGINS ?? '').split(/[\s,]+/).filter(Boolean),
    edgeCacheSeconds: Number(value.EDGE_CACHE_SECONDS ?? EDGE_MAX_AGE_SECONDS),
    version: value.VERSION?.id || 'development',
    rollbar: value.ROLLBAR_ACCESS_TOKEN
      ? { endpoint: value.ROLLBAR_ENDPOINT ?? ROLLBAR_ENDPOINT, accessToken: value.ROLLBAR_ACCESS_TOKEN }
      : undefined,
    limiters: {
      reads: value.READS,
      paging: value.PAGING,
      writes: value.WRITES,
      clientIpWrites: value.CLIENT_IP_WRITES,
      uploads: value.UPLOADS,
      media: value.MEDIA,
      authAttempts: value.AUTH_ATTEMPTS,
      clientErrors: value.CLIENT_ERRORS,
    },
    images: value.IMAGES,
    avatars: value.AVATARS,
    userSockets: value.USER_SOCKETS,
  }
  parsed.set(raw, env)
  return env
}

/**
 * Returns the issuers of a pool. It uses one of two, by its IssuerConfiguration; after a change, tokens of the other stay valid:
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html
 */
function issuersOf(value: z.infer<typeof settings>): Env['cognito']['issuers'] {
  const { COGNITO_REGION, COGNITO_USER_POOL_ID, COGNITO_ISSUER, COGNITO_JWKS_URL } = value
  const derived = ['cognito-idp', 'issuer-cognito-idp'].map(
    (service) => `https://${service}.${COGNITO_REGION}.amazonaws.com/${COGNITO_USER_POOL_ID}`,
  )
  return (COGNITO_ISSUER ? [COGNITO_ISSUER] : derived).map((issuer) => ({
    issuer,
    jwksUrl: COGNITO_JWKS_URL ?? `${issuer}/.well-known/jwks.json`,
  }))
}
