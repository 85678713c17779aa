import { defineConfig, type Plugin } from 'vite'
import { pageScriptsForWorker } from './vite.page-scripts.ts'
import { serviceWorker } from './vite.service-worker.ts'
import { sheetForWorker } from './vite.sheet.ts'

/** Vite's function around each `import()`, as its plugin names the module. */
const PRELOAD_HELPER = '\0vite/preload-helper.js'

/** Leaves each `import()` as it is (decision 60). */
const plainDynamicImports: Plugin = {
  name: 'plain-dynamic-imports',
  enforce: 'pre',
  load: (id) => (id === PRELOAD_HELPER ? 'export const __vitePreload = (load) => load()' : null),
  buildEnd() {
    if (!this.getModuleInfo(PRELOAD_HELPER)) throw new Error('Vite has no such preload helper any more')
  },
}

/** What every browser has: leaves out what runs on the server only, as the Worker's bundle does without document (wrangler.toml). */
const ASSUMED = {
  'typeof document': '"object"',
  'typeof window': '"object"',
  'typeof AbortController': '"function"',
  'typeof MessageChannel': '"function"',
  'typeof reportError': '"function"',
}

/** Builds the client; wrangler runs this before it bundles the Worker (wrangler.toml, [build]). */
export default defineConfig({
  root: 'client',
  plugins: [sheetForWorker, pageScriptsForWorker, plainDynamicImports, serviceWorker],
  define: ASSUMED,
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // These browsers support light-dark(), so it is not transpiled.
    cssTarget: ['chrome123', 'safari17.5', 'firefox121'],
    // Our pages preload their chunks themselves; Vite's way adds a list of all files, and code to read it, to each page.
    modulePreload: false,
    rolldownOptions: {
      input: 'client/entry.client.tsx',
      // Few chunks: smaller ones weigh 7 KB more in all. `app`: the home page and the layout of all pages. `shared`: code
      // of three or more other pages. `libraries` stay in browsers' caches across deploys.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, priority: 2 },
            { name: 'app', tags: ['$initial'], priority: 1 },
            // Home loads it later, and would load all of `shared` with it.
            { name: 'push', test: /\/client\/push\//, priority: 1 },
            { name: 'shared', test: /\/(?:client|worker)\//, minShareCount: 3 },
          ],
        },
      },
      // Libraries have directives for server components, which we do not use.
      onLog: (level, log, pass) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && pass(level, log),
    },
  },
})
