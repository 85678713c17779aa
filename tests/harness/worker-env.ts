import { inject } from 'vitest'
import { type Env, parseEnv } from '../../worker/env.ts'
import { BINDINGS, CONTACT_EMAIL, EVIDENCE_KEY, SECRET_KEY } from './bindings.ts'
import type { Database } from './database.ts'

/** The `Env` of a cron job, with a test's database, bucket and further settings. */
export const makeJobEnv = (db: Database, AVATARS: object, settings: Record<string, string> = {}): Env =>
  parseEnv({
    DATABASE_URL: db.workerUrl,
    NEON_ENDPOINT: inject('postgres').neonEndpoint,
    COGNITO_REGION: 'us-east-1',
    COGNITO_USER_POOL_ID: 'us-east-1_x',
    COGNITO_CLIENT_ID: 'x',
    SECRET_KEY,
    EVIDENCE_KEY,
    CONTACT_EMAIL,
    ...BINDINGS,
    AVATARS: { ...BINDINGS.AVATARS, ...AVATARS },
    ...settings,
  })
