import { styleText } from 'node:util'

/** Prints a line for a started service. */
export function showStarted(what: string, where: string): void {
  console.log(`  ${styleText('green', '●')} ${what.padEnd(18)} ${styleText('dim', where)}`)
}

/** Prints the site's URL, how to sign in, and how to stop. */
export function showReady(options: { port: number; seconds: number; isSeeded: boolean }): void {
  const { port, seconds, isSeeded } = options
  console.log(
    `\n  Cruddur runs at ${styleText(['bold', 'cyan'], `http://localhost:${port}/`)} (${seconds.toFixed(1)} s)`,
  )
  if (isSeeded) {
    console.log(
      '  Sign in as andrewbrown@example.com, bayko@example.com or the new mette@example.com, password Cruddur-2026!',
    )
  }
  console.log(styleText('dim', '  Confirmation codes appear here. Ctrl-C stops everything.\n'))
}

/** Prints a code instead of mailing it. */
export function showCode(email: string, code: string): void {
  console.log(`  ${styleText('yellow', '✉')} Code for ${email}: ${styleText('bold', code)}`)
}

/** Prints a line of a child's output. */
export function showLine(from: string, line: string): void {
  if (line.trim() !== '') console.log(styleText('dim', `  ${from} │ `) + line)
}

/** Prints the error that ends `npm start`. */
export function showFailure(error: unknown): void {
  console.error(`\n  ${styleText('red', '✘')} ${error instanceof Error ? error.message : String(error)}`)
}
