import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { configDefaults, defineConfig } from 'vitest/config'
import { unstable_readConfig as readConfig } from 'wrangler'

// The runtime that production asks for; the units import what they test, so the Worker itself is not loaded here.
const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } = readConfig({
  config: 'wrangler.toml',
})

// Two cores: two files at a time keep both busy, since a file mostly waits for Postgres and workerd.
const shared = {
  maxWorkers: 2,
  expect: { requireAssertions: true, poll: { timeout: 10_000 } },
  exclude: [...configDefaults.exclude, '.local/**', 'dist/**'],
  restoreMocks: true,
}
const site = {
  ...shared,
  globalSetup: 'tests/harness/build-site.ts',
  hookTimeout: 30_000,
  env: { WRANGLER_LOG: 'warn' },
  // A file has a site of its own and keeps nothing in modules, so each worker loads wrangler once.
  isolate: false,
}

export default defineConfig({
  test: {
    // Postgres, the Neon endpoint and the Cognito endpoint: once a run, for every project.
    globalSetup: 'tests/harness/services.ts',
    maxWorkers: shared.maxWorkers,
    projects: [
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate, compatibilityFlags } })],
        test: { ...shared, name: 'workerd', include: ['worker/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          ...shared,
          name: 'node',
          // Otherwise what is imported of a sheet is blank.
          css: true,
          include: ['{local,sql,infra,release,tests/bench,tests/load}/**/*.test.ts', 'client/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          // Some start a Postgres of their own.
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...site,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          setupFiles: 'tests/harness/openapi-check.ts',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...site,
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
