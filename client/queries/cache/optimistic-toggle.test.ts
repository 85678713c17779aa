import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { pendingToggle, runToggle } from './optimistic-toggle.ts'

const KEY = ['like', 'an activity']

/** Returns a fake server that the test answers for (`requests`), and what is shown meanwhile (`screen`). */
function setUp() {
  const queries = new QueryClient()
  const requests: Array<{ on: boolean; resolve: () => void; reject: (error: Error) => void }> = []
  const screen: (boolean | string)[] = []
  const press = (on: boolean) =>
    runToggle(queries, {
      key: KEY,
      on,
      show: (shown, answer) => void screen.push(answer ?? shown),
      send: () =>
        new Promise<string>((resolve, reject) =>
          requests.push({ on, resolve: () => resolve(`server: ${on}`), reject }),
        ),
    })
  const sent = (count: number) => expect.poll(() => requests.length).toBe(count)
  return { queries, requests, screen, press, sent }
}

it('shows each press at once, sends one at a time, and only the last of those that wait', async () => {
  const { queries, requests, screen, press, sent } = setUp()
  const presses = [press(true)]
  await sent(1)
  presses.push(press(false), press(true), press(false))
  expect(screen).toEqual([true, false, true, false])
  expect(pendingToggle(queries, KEY)).toBe(false)
  requests[0]?.resolve()
  await sent(2)
  requests[1]?.resolve()
  await Promise.all(presses)
  expect(requests.map(({ on }) => on)).toEqual([true, false])
  expect(screen.slice(4)).toEqual(['server: false'])
  expect(pendingToggle(queries, KEY)).toBeUndefined()
})

it('rolls back to what was shown before the first press', async () => {
  const { requests, screen, press, sent } = setUp()
  const presses = [press(true)]
  await sent(1)
  presses.push(press(false), press(true))
  const outcomes = Promise.allSettled(presses)
  requests[0]?.reject(new Error('offline'))
  await sent(2)
  requests[1]?.reject(new Error('still offline'))
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(screen.at(-1)).toBe(false)
})

it('rolls back to what the server has confirmed since', async () => {
  const { requests, screen, press, sent } = setUp()
  const first = press(true)
  await sent(1)
  const second = press(false)
  requests[0]?.resolve()
  await sent(2)
  requests[1]?.reject(new Error('offline'))
  await first
  await expect(second).rejects.toThrow('offline')
  expect(screen.at(-1)).toBe('server: true')
})

it('does not reject a failed press that was followed by another', async () => {
  const { requests, screen, press, sent } = setUp()
  const presses = [press(true)]
  await sent(1)
  presses.push(press(false))
  requests[0]?.reject(new Error('busy'))
  await sent(2)
  requests[1]?.resolve()
  await Promise.all(presses)
  expect(screen.at(-1)).toBe('server: false')
})

it('starts over after all presses were answered', async () => {
  const { requests, screen, press, sent } = setUp()
  const first = press(true)
  await sent(1)
  requests[0]?.resolve()
  await first
  const second = press(false)
  await sent(2)
  requests[1]?.reject(new Error('offline'))
  await expect(second).rejects.toThrow('offline')
  expect(screen.at(-1)).toBe(true)
})
