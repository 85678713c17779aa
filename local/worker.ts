import { join } from 'node:path'
import type { Child } from './child.ts'
import { startChild } from './child.ts'
import type { Settings } from './settings.ts'
import { ROOT } from './settings.ts'

const READY_TIMEOUT_MS = 60_000
const HEALTH_CHECK = '/api/health-check'

/** Runs the Worker with `wrangler dev`. `ready` resolves once it answers, or rejects with wrangler's output. */
export function startWorker(settings: Settings, log: (line: string) => void): Child & { ready: Promise<void> } {
  const { ports, stateDir, devVarsFile, isDefaultPort } = settings
  const startupLines: string[] = []
  let isReady = false
  let hasShown = false
  const child = startChild({
    name: 'wrangler dev',
    args: [
      join(ROOT, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      'worker/dev.ts',
      '--ip=127.0.0.1',
      `--port=${ports.site}`,
      `--inspector-port=${ports.inspector}`,
      '--show-interactive-dev-session=false',
      `--persist-to=${join(stateDir, 'wrangler')}`,
      ...(isDefaultPort ? [] : [`--env-file=${devVarsFile}`]),
    ],
    env: {
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_LOG_PATH: join(stateDir, 'wrangler/logs'),
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      NO_COLOR: '1',
    },
    // Hide wrangler's start-up output and our own first request, unless the start fails.
    onLine(line) {
      const isOurRequest = !hasShown && line.includes(` ${HEALTH_CHECK} `)
      if (!isReady || isOurRequest) return void startupLines.push(line)
      hasShown = true
      log(line)
    },
  })
  const ready = Promise.race([waitUntilAnswers(ports.site), child.failed]).then(
    () => {
      isReady = true
    },
    (error) => {
      throw new Error([error.message, ...untilFirstError(startupLines)].join('\n'))
    },
  )
  return { ...child, ready }
}

/** Runs the Worker's cron once a minute, as Cloudflare does. The timer does not keep the process alive. */
export function startCron(port: number): { stop(): void } {
  const url = `http://127.0.0.1:${port}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`
  // A failure is in the Worker's own log.
  const timer = setInterval(() => void fetch(url).catch(() => {}), 60_000).unref()
  return { stop: () => clearInterval(timer) }
}

// After the first error wrangler prints internal objects.
function untilFirstError(lines: string[]): string[] {
  const firstError = lines.findIndex((line) => line.includes('ERROR'))
  return firstError < 0 ? lines : lines.slice(0, firstError + 1)
}

async function waitUntilAnswers(port: number): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    try {
      await fetch(`http://127.0.0.1:${port}${HEALTH_CHECK}`, { signal: AbortSignal.timeout(10_000) })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error('wrangler dev did not answer within a minute.')
}
