import { expect, test } from 'vitest'
import { plainEnv } from './plain-env.ts'

test('plainEnv removes secrets', () => {
  const secrets = [
    'CLOUDFLARE_API_TOKEN',
    'GITHUB_TOKEN',
    'NEON_API_KEY',
    'SMOKE_PASSWORD',
    'DATABASE_URL',
    'COGNITO_CLIENT_SECRET',
  ]
  const env = Object.fromEntries([...secrets, 'PATH', 'CI'].map((name) => [name, 'x']))
  expect(Object.keys(plainEnv(env))).toEqual(['PATH', 'CI'])
})
