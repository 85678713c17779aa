import { expect, test } from 'vitest'
import type { Deployment, Traffic } from './cloudflare.ts'
import { moveTrafficBack } from './move-traffic-back.ts'
import { ReleaseFailure } from './roll-out.ts'

/** Rolls back after these deployments, newest first. Returns the result, what was deployed, and the output. */
async function rollBackAfter(
  history: Traffic[],
  options: Partial<Pick<Parameters<typeof moveTrafficBack>[0], 'to' | 'release' | 'assertAllowed'>> = {},
) {
  const deployed: Traffic[] = []
  const lines: string[] = []
  const cloudflare = {
    deployments: async () => history.map((traffic, index): Deployment => ({ createdAt: new Date(-index), traffic })),
    originOf: async (version: string) => ({ tag: `tag-of-${version}`, trigger: 'upload' }),
    deploy: async (traffic: Traffic) => {
      deployed.push(traffic)
    },
  }
  const isRolledBack = await moveTrafficBack({ cloudflare, log: (line) => lines.push(line), ...options })
  return { isRolledBack, deployed, lines }
}

const released = [{ c: 100 }, { c: 50, b: 50 }, { c: 10, b: 90 }, { b: 100 }, { a: 100 }]

test('rolls back to the previous version, or to the named one', async () => {
  const before = await rollBackAfter(released)
  expect(before).toEqual({ isRolledBack: true, deployed: [{ b: 100 }], lines: ['All requests go to b (tag-of-b).'] })
  expect((await rollBackAfter(released, { to: 'a' })).deployed).toEqual([{ a: 100 }])
})

test.each([1, 2, 3])('ends a release that was interrupted at step %i of 3', async (step) => {
  const { isRolledBack, deployed } = await rollBackAfter(released.slice(3 - step), { release: 'c' })
  expect({ isRolledBack, deployed }).toEqual({ isRolledBack: true, deployed: [{ b: 100 }] })
})

test.each<[string, Traffic[]]>([
  ['had not started', released.slice(3)],
  ['was rolled back already', [{ b: 100 }, ...released]],
  ['was followed by another', [{ d: 10, c: 0, b: 90 }, ...released]],
])('changes nothing if the release %s', async (_, history) => {
  for (const release of ['c', '']) {
    const { isRolledBack, deployed, lines } = await rollBackAfter(history, { release })
    expect({ isRolledBack, deployed }).toEqual({ isRolledBack: false, deployed: [] })
    expect(lines).toEqual([`${release} has no traffic: nothing to roll back.`])
  }
})

test('deploys nothing if Cloudflare would refuse it', async () => {
  const compared: string[] = []
  const assertAllowed = (live: string, target: string) => {
    compared.push(`${live} to ${target}`)
    throw new ReleaseFailure('beyond a class')
  }
  await expect(rollBackAfter(released, { assertAllowed })).rejects.toThrow('beyond a class')
  expect(compared).toEqual(['tag-of-c to tag-of-b'])
})
