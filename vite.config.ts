import { defineConfig } from 'vite'
import { leanRouter } from './vite.lean-router.ts'

/** What pages that are seldom seen, or without script, have in common: the others do not load it with theirs. */
const ASIDE = /\/(?:Door|Field|PeopleList|people-lists)\./

/** Builds what the browser gets; wrangler runs this before it bundles the Worker (wrangler.toml, [build]). */
export default defineConfig({
  root: 'client',
  plugins: [leanRouter],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Keeps light-dark() as it is written: all of these know it.
    cssTarget: ['chrome123', 'safari17.5', 'firefox121'],
    // The pages preload by themselves; Vite's polyfill would be script for browsers that we do not serve.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: 'client/entry.client.tsx',
      // Few files: split finer, the same code weighs 7 KB more. Libraries are one that outlives our deploys in browsers'
      // caches; what four pages or more have in common is another.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            {
              name: 'app',
              test: (id) => /\/(?:client|worker)\//.test(id) && !ASIDE.test(id),
              minShareCount: 4,
              priority: 1,
            },
          ],
        },
      },
      // What React Router tells developers in a console.
      treeshake: { manualPureFunctions: ['warning', 'warnOnce'] },
      // Libraries mark files for server components, which we have none of.
      onLog: (level, log, pass) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && pass(level, log),
    },
  },
})
