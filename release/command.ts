import { appendFileSync } from 'node:fs'

/** Runs a CLI command; prints its error and exits with 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

/** Prints the usage and exits with 2. */
export function exitWithUsage(usage: string): never {
  console.error(`Usage: ${usage}`)
  process.exit(2)
}

/** Sets an output of this step of a GitHub workflow; does nothing when run by hand. */
export function setStepOutput(name: string, value: string, { GITHUB_OUTPUT: file } = process.env): void {
  if (!file) return
  // The delimiter must not be a line of the value: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  const delimiter = `end-${crypto.randomUUID()}`
  appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
}
