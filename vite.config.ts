import { defineConfig } from 'vite'

/** Builds what the browser gets; wrangler runs this before it bundles the Worker (wrangler.toml, [build]). */
export default defineConfig({
  root: 'client',
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
      // Libraries mark files for server components, which we have none of.
      onLog: (level, log, pass) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && pass(level, log),
    },
  },
})
