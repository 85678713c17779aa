import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Deployment, Origin } from './cloudflare.ts'
import { gitIn, releaseBefore } from './git.ts'
import { liveCommitOf } from './live-commit.ts'
import { newMigrations } from './new-migrations.ts'
import { plainEnv } from './plain-env.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
  folders.push(folder)
  return folder
}

describe('releaseBefore', () => {
  /** Creates a repository whose commits have numbers as subjects. */
  function makeRepository(commits: number) {
    const folder = makeFolder()
    const git = gitIn(folder)
    git('init', '--quiet')
    const commit = (name: string) =>
      execFileSync(
        'git',
        ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', name],
        { cwd: folder },
      )
    for (let number = 1; number <= commits; number += 1) commit(String(number))
    return { git, subject: (of: string) => git('log', '-1', '--format=%s', of) }
  }

  test('returns the previous commit without tags', () => {
    const { git, subject } = makeRepository(3)
    expect(subject(releaseBefore(git))).toBe('2')
  })

  test('returns the highest version tag before this commit', () => {
    const { git } = makeRepository(4)
    git('tag', 'v1.9.0', 'HEAD~3')
    git('tag', 'v1.10.0', 'HEAD~2')
    git('tag', 'v2.0.0', 'HEAD')
    git('tag', 'other', 'HEAD~1')
    expect(releaseBefore(git)).toBe('v1.10.0')
  })
})

describe('liveCommitOf', () => {
  /** Returns a stand-in for Cloudflare with deployments of these versions at 100 %, newest first. */
  const standIn = (versions: Origin[]) => ({
    deployments: async () => versions.map((_, at) => ({ at: new Date(-at), traffic: { [`v${at}`]: 100 } })),
    originOf: async (version: string) => versions[Number(version.slice(1))] as Origin,
  })
  const released = { tag: 'abc', trigger: 'upload' }
  const secret = { tag: undefined, trigger: 'secret' }
  const untagged = { tag: undefined, trigger: 'upload' }

  test('returns the commit of the live version, or of the one before a changed secret', async () => {
    expect(await liveCommitOf(standIn([released]))).toBe('abc')
    expect(await liveCommitOf(standIn([secret, secret, released]))).toBe('abc')
  })

  test('skips a release that was rolled back', async () => {
    const shares = [{ v0: 100 }, { v1: 100 }, { v1: 10, v0: 90 }, { v0: 100 }, { v2: 100 }]
    const cloudflare = {
      ...standIn([secret, { tag: 'left', trigger: 'upload' }, released]),
      deployments: async () => shares.map((traffic, at): Deployment => ({ at: new Date(-at), traffic })),
    }
    expect(await liveCommitOf(cloudflare)).toBe('abc')
  })

  test('throws if the commit is unknown', async () => {
    await expect(liveCommitOf(standIn([untagged, released]))).rejects.toThrow('has no commit')
    await expect(liveCommitOf(standIn([secret]))).rejects.toThrow('has no commit')
  })
})

describe('newMigrations', () => {
  function lay(folder: string, names: string[]): string {
    mkdirSync(folder, { recursive: true })
    for (const name of names) writeFileSync(join(folder, name), 'select 1')
    return folder
  }

  test('returns the migrations that the older checkout lacks, up to the first contract migration', () => {
    const older = makeFolder()
    lay(join(older, 'sql/migrations'), ['0001_a.sql', '0002_b.contract.sql'])
    const all = ['0001_a.sql', '0002_b.contract.sql', '0003_c.sql', '0004_d.sql', '0005_e.contract.sql', '0006_f.sql']
    expect(newMigrations(older, lay(makeFolder(), all))).toEqual(['0003_c.sql', '0004_d.sql'])
    expect(newMigrations(older, lay(makeFolder(), all.slice(0, 2)))).toEqual([])
  })
})

test('plainEnv removes secrets', () => {
  const secrets = [
    'CLOUDFLARE_API_TOKEN',
    'GITHUB_TOKEN',
    'NEON_API_KEY',
    'SMOKE_PASSWORD',
    'DATABASE_URL',
    'COGNITO_CLIENT_SECRET',
  ]
  const env = Object.fromEntries([...secrets, 'PATH', 'CI'].map((name) => [name, 'x']))
  expect(Object.keys(plainEnv(env))).toEqual(['PATH', 'CI'])
})
