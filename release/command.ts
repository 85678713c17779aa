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

/** Tells later steps of a GitHub workflow a value, as an output of this one; nobody where it is run by hand. */
export function tellWorkflow(name: string, value: string, { GITHUB_OUTPUT: file } = process.env): void {
  if (file) appendFileSync(file, `${name}=${value}\n`)
}
