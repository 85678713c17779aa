import { inject } from 'vitest'
import { type Env, parseEnv } from '../../worker/env.ts'
import { BINDINGS, SECRET_KEY } from './bindings.ts'
import type { Database } from './database.ts'

/** What a job of the cron is given, with a database and a bucket of the test's. */
export const envWith = (db: Database, AVATARS: object): Env =>
  parseEnv({
    DATABASE_URL: db.url,
    NEON_ENDPOINT: inject('postgres').neonEndpoint,
    COGNITO_REGION: 'us-east-1',
    COGNITO_USER_POOL_ID: 'us-east-1_x',
    COGNITO_CLIENT_ID: 'x',
    SECRET_KEY,
    ...BINDINGS,
    AVATARS: { ...BINDINGS.AVATARS, ...AVATARS },
  })
