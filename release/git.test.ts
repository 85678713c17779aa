import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { gitIn, releaseBefore } from './git.ts'

describe('releaseBefore', () => {
  /** Creates a repository whose commits have numbers as subjects. */
  function makeRepository(commits: number) {
    const folder = mkdtempSync(join(tmpdir(), 'cruddur-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const git = gitIn(folder)
    git('init', '--quiet')
    const addCommit = (subject: string) =>
      execFileSync(
        'git',
        ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', subject],
        { cwd: folder },
      )
    for (let number = 1; number <= commits; number += 1) addCommit(String(number))
    return { git, subject: (commit: string) => git('log', '-1', '--format=%s', commit) }
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
