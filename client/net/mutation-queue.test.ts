import { expect, it } from 'vitest'
import { sendLatest } from './mutation-queue.ts'

/** A server that does one thing after another, each when it is told to. */
function makeServer() {
  const open: Array<{ wish: boolean; resolve: (held: boolean) => void; reject: (error: Error) => void }> = []
  const owner = {}
  const send = (wish: boolean) =>
    sendLatest({
      owner,
      key: 'like',
      held: false,
      send: () => new Promise<boolean>((resolve, reject) => open.push({ wish, resolve, reject })),
    })
  const turn = () => new Promise((resolve) => setTimeout(resolve))
  return { open, send, turn }
}

it('sends one at a time, and of those that wait only the last', async () => {
  const { open, send, turn } = makeServer()
  const outcomes = [send(true)]
  await turn()
  outcomes.push(send(false), send(true), send(false))
  await turn()
  expect(open.map(({ wish }) => wish)).toEqual([true])
  open[0]?.resolve(true)
  await turn()
  expect(open.map(({ wish }) => wish)).toEqual([true, false])
  open[1]?.resolve(false)
  expect(await Promise.all(outcomes)).toEqual([null, null, null, { held: false }])
})

it('falls back to what the server told last', async () => {
  const { open, send, turn } = makeServer()
  const first = send(true)
  await turn()
  const second = send(false)
  open[0]?.resolve(true)
  await turn()
  const error = new Error('offline')
  open[1]?.reject(error)
  expect(await first).toBeNull()
  expect(await second).toEqual({ held: true, error })
})

it('forgets a failure that a later wish has overtaken', async () => {
  const { open, send, turn } = makeServer()
  const first = send(true)
  await turn()
  const second = send(true)
  open[0]?.reject(new Error('busy'))
  await turn()
  open[1]?.resolve(true)
  expect([await first, await second]).toEqual([null, { held: true }])
})

it('begins anew once a line has ended', async () => {
  const { open, send, turn } = makeServer()
  const first = send(true)
  await turn()
  open[0]?.reject(new Error('offline'))
  expect(await first).toMatchObject({ held: false })
  const second = send(true)
  await turn()
  open[1]?.resolve(true)
  expect(await second).toEqual({ held: true })
})
