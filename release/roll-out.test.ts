import { describe, expect, test } from 'vitest'
import type { Deployment, Traffic } from './cloudflare.ts'
import { rollOut, type Step, versionBefore, versionInUse } from './roll-out.ts'

/** Returns a stand-in for Cloudflare that records deployments. */
function standIn(first: Traffic = { old: 100 }) {
  const deployed: Traffic[] = [first]
  return {
    deployed,
    deployments: async () => deployed.map(toDeployment).reverse(),
    deploy: async (traffic: Traffic) => {
      deployed.push(traffic)
    },
  }
}

const toDeployment = (traffic: Traffic, index: number): Deployment => ({ createdAt: new Date(index), traffic })
const log = () => {}
const good = async () => null

describe('rollOut', () => {
  test('shifts 10, 50 and 100 % of the traffic and watches each step', async () => {
    const cloudflare = standIn()
    const seen: Step[] = []
    const watch = async (step: Step) => {
      seen.push(step)
      return null
    }
    await rollOut({ cloudflare, version: 'new', watch, log })
    expect(cloudflare.deployed.slice(1)).toEqual([{ new: 10, old: 90 }, { new: 50, old: 50 }, { new: 100 }])
    expect(seen.map(({ percent, previous }) => [percent, previous])).toEqual([
      [10, 'old'],
      [50, 'old'],
      [100, 'old'],
    ])
  })

  test.each([10, 50, 100])('rolls back if the watch fails at %i %%', async (failingPercent) => {
    const cloudflare = standIn()
    const watch = async ({ percent }: Step) => (percent === failingPercent ? '7 of 100 requests failed' : null)
    await expect(rollOut({ cloudflare, version: 'new', watch, log })).rejects.toThrow(
      `at ${failingPercent} %: 7 of 100 requests`,
    )
    expect(cloudflare.deployed.at(-1)).toEqual({ old: 100 })
  })

  test('rolls back if the watch or a deployment throws', async () => {
    const cloudflare = standIn()
    const broken = () => Promise.reject(new Error('no network'))
    await expect(rollOut({ cloudflare, version: 'new', watch: broken, log })).rejects.toThrow('no network')
    expect(cloudflare.deployed.at(-1)).toEqual({ old: 100 })
    const refusing = {
      ...standIn(),
      async deploy(traffic: Traffic) {
        if (traffic.new === 50) throw new Error('refused')
        cloudflare.deployed.push(traffic)
      },
    }
    await expect(rollOut({ cloudflare: refusing, version: 'new', watch: good, log })).rejects.toThrow('refused')
    expect(cloudflare.deployed.slice(-2)).toEqual([{ new: 10, old: 90 }, { old: 100 }])
  })

  test('rolls back if it is cancelled', async () => {
    const cloudflare = standIn()
    const controller = new AbortController()
    const watch = async () => {
      controller.abort()
      return null
    }
    const released = rollOut({ cloudflare, version: 'new', watch, log, signal: controller.signal })
    await expect(released).rejects.toThrow('cancelled')
    expect(cloudflare.deployed.slice(1)).toEqual([{ new: 10, old: 90 }, { old: 100 }])
  })

  test('refuses to start during another release, or without another live version', async () => {
    const underWay = standIn({ a: 10, b: 90 })
    await expect(rollOut({ cloudflare: underWay, version: 'new', watch: good, log })).rejects.toThrow('in progress')
    expect(underWay.deployed).toHaveLength(1)
    await expect(rollOut({ cloudflare: standIn({}), version: 'new', watch: good, log })).rejects.toThrow('first time')
    await expect(rollOut({ cloudflare: standIn({ new: 100 }), version: 'new', watch: good, log })).rejects.toThrow(
      'live',
    )
  })
})

describe('versionBefore', () => {
  const newestFirst = (...traffic: Traffic[]) => traffic.map(toDeployment)
  /** Versions whose name contains "secret" were created by changing a secret. */
  const originOf = async (version: string) => ({
    tag: undefined,
    trigger: /secret/.test(version) ? 'secret' : 'upload',
  })
  const versionBeforeIn = (...traffic: Traffic[]) => versionBefore(newestFirst(...traffic), originOf)

  test('returns the last other version that had all traffic', async () => {
    expect(await versionBeforeIn({ c: 100 }, { c: 50, b: 50 }, { c: 10, b: 90 }, { b: 100 }, { a: 100 })).toBe('b')
  })

  test('returns the version before the current release, if one is in progress', async () => {
    expect(await versionBeforeIn({ c: 50, b: 50 }, { c: 10, b: 90 }, { b: 100 }, { a: 100 })).toBe('b')
    expect(await versionBeforeIn({ d: 10, b: 90 }, { b: 100 }, { c: 100 }, { b: 100 }, { a: 100 })).toBe('b')
    expect(await versionBeforeIn({ d: 10, secret: 90 }, { secret: 100 }, { a: 100 })).toBe('secret')
  })

  test('skips a version that was rolled back', async () => {
    expect(await versionBeforeIn({ b: 100 }, { c: 10, b: 90 }, { b: 100 }, { a: 100 })).toBe('a')
    expect(
      await versionBeforeIn({ b: 100 }, { c: 100 }, { c: 50, b: 50 }, { c: 10, b: 90 }, { b: 100 }, { a: 100 }),
    ).toBe('a')
  })

  test('goes further back at each rollback', async () => {
    const twice = [{ b: 100 }, { d: 100 }, { c: 100 }, { b: 100 }, { a: 100 }]
    expect(await versionBeforeIn(...twice)).toBe('a')
    await expect(versionBeforeIn({ a: 100 }, ...twice)).rejects.toThrow('name one')
    expect(await versionBeforeIn({ e: 100 }, { a: 100 }, ...twice)).toBe('a')
  })

  test('skips versions that differ only by a changed secret', async () => {
    expect(await versionBeforeIn({ secret: 100 }, { b: 100 }, { a: 100 })).toBe('a')
    expect(await versionBeforeIn({ secret2: 100 }, { secret1: 100 }, { b: 100 }, { a: 100 })).toBe('a')
    expect(await versionBeforeIn({ c: 100 }, { c: 10, secret: 90 }, { secret: 100 }, { b: 100 })).toBe('secret')
    expect(await versionBeforeIn({ secret: 100 }, { c: 100 }, { secret: 100 }, { b: 100 }, { a: 100 })).toBe('a')
    await expect(versionBeforeIn({ secret: 100 }, { b: 100 })).rejects.toThrow('name one')
  })

  test('throws if there is no earlier version', async () => {
    await expect(versionBeforeIn({ a: 100 })).rejects.toThrow('name one')
    expect(versionInUse(newestFirst({ a: 100 }))).toBe('a')
  })
})
