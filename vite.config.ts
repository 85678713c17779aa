import { defineConfig } from 'vite'
import { sheetForWorker } from './vite.sheet.ts'

/** Builds what the browser gets; wrangler runs this before it bundles the Worker (wrangler.toml, [build]). */
export default defineConfig({
  root: 'client',
  plugins: [sheetForWorker],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Keeps light-dark() as it is written: all of these know it.
    cssTarget: ['chrome123', 'safari17.5', 'firefox121'],
    // The documents preload by themselves: Vite's own way is a list of all files, and code to read it, on each page.
    modulePreload: false,
    rolldownOptions: {
      input: 'client/entry.client.tsx',
      // Few files: split finer, the same code weighs 7 KB more. Home and the frame of all pages are one, with the entry;
      // what three or more of the other pages share is another. Libraries outlive our deploys in browsers' caches.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, priority: 2 },
            { name: 'app', tags: ['$initial'], priority: 1 },
            { name: 'shared', test: /\/(?:client|worker)\//, minShareCount: 3 },
          ],
        },
      },
      // Libraries mark files for server components, which we have none of.
      onLog: (level, log, pass) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && pass(level, log),
    },
  },
})
