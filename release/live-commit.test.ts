import { describe, expect, test } from 'vitest'
import type { Deployment, Origin } from './cloudflare.ts'
import { liveCommitOf } from './live-commit.ts'

describe('liveCommitOf', () => {
  /** Returns a stand-in for Cloudflare with deployments of these versions at 100 %, newest first. */
  const standIn = (versions: Origin[]) => ({
    deployments: async () =>
      versions.map((_, index) => ({ createdAt: new Date(-index), traffic: { [`v${index}`]: 100 } })),
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
      deployments: async () => shares.map((traffic, index): Deployment => ({ createdAt: new Date(-index), traffic })),
    }
    expect(await liveCommitOf(cloudflare)).toBe('abc')
  })

  test('throws if the commit is unknown', async () => {
    await expect(liveCommitOf(standIn([untagged, released]))).rejects.toThrow('has no commit')
    await expect(liveCommitOf(standIn([secret]))).rejects.toThrow('has no commit')
  })
})
