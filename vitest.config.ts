import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { configDefaults, defineConfig } from 'vitest/config'
import { unstable_readConfig as readConfig } from 'wrangler'

// The compatibility settings of production. Unit tests import what they test, so the Worker itself is not loaded.
const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } = readConfig({
  config: 'wrangler.toml',
})

// Two files at a time keep two cores busy: a file mostly waits for Postgres and workerd.
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
  // Each file starts its own site and has no state in modules, so that a vitest worker loads wrangler only once.
  isolate: false,
}

export default defineConfig({
  test: {
    // Postgres, the Neon endpoint and the Cognito endpoint: once per run, for all projects.
    globalSetup: 'tests/harness/services.ts',
    maxWorkers: shared.maxWorkers,
    projects: [
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate, compatibilityFlags } })],
        test: { ...shared, name: 'workerd', isolate: false, include: ['worker/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          ...shared,
          name: 'node',
          // Otherwise imported style sheets are empty.
          css: true,
          include: ['{docs,local,sql,infra,release,tests/bench,tests/load}/**/*.test.ts', 'client/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          // Some tests start their own Postgres.
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
