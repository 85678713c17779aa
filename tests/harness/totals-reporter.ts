import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export type Totals = { passed: number; failed: number }

/** Writes the totals of a run to the file that CRUDDUR_TOTALS names, for tests/run.ts. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    const totals: Totals = { passed: 0, failed: unhandledErrors.length }
    for (const module of modules) {
      // A file that fails to load and a hook that fails count as failures too.
      const suites = [module, ...module.children.allSuites()]
      totals.failed += suites.filter((suite) => suite.errors().length > 0).length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') totals.passed += 1
        if (state === 'failed') totals.failed += 1
      }
    }
    const file = process.env.CRUDDUR_TOTALS
    if (file) writeFileSync(file, JSON.stringify(totals))
  }
}
