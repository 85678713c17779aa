import { build, type Plugin } from 'vite'

/** Adds the service worker (client/service-worker/) as /sw.js: one script, since not all browsers let it import others. */
export const serviceWorker: Plugin = {
  name: 'service-worker',
  async generateBundle() {
    const built = await build({
      configFile: false,
      root: 'client',
      logLevel: 'warn',
      publicDir: false,
      build: {
        write: false,
        target: 'es2022',
        rolldownOptions: { input: 'client/service-worker/service-worker.ts', output: { format: 'iife' } },
      },
    })
    const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
    const [script, another] = chunks
    if (script?.type !== 'chunk' || another) throw new Error('The service worker must be one script')
    this.emitFile({ type: 'asset', fileName: 'sw.js', source: script.code })
  },
}
