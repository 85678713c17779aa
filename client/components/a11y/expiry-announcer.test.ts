import { expect, it } from 'vitest'
import { watchExpiries } from './expiry-announcer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const ending = (uuid: string, end: number) => ({ uuid, end, name: `${uuid}’s crud` })

/** Looks each second from `from` on until `to`, ms, and collects what is said and when. */
function listen(cruds: ReturnType<typeof ending>[], near: string[], from: number, to: number) {
  const look = watchExpiries()
  const said: [number, string][] = []
  for (let now = from; now <= to; now += 1_000) {
    const { say } = look(
      now,
      cruds.filter(({ end }) => end > now),
      new Set(near),
    )
    if (say) said.push([now, say])
  }
  return said
}

it('says of a crud that somebody is at when an hour and five minutes are left, and when it has ended', () => {
  expect(listen([ending('Anna', 2 * HOUR)], ['Anna'], 0, 3 * HOUR)).toEqual([
    [HOUR, 'Anna’s crud has one hour left.'],
    [2 * HOUR - 5 * MINUTE, 'Anna’s crud has five minutes left.'],
    [2 * HOUR, 'Anna’s crud has burnt out.'],
  ])
})

it('tells burn-outs in a list together, and at most once a minute', () => {
  const cruds = [10, 12, 20, 30, 65, 300].map((s) => ending(`c${s}`, s * 1_000))
  expect(listen(cruds, [], 0, 400_000)).toEqual([
    [15_000, '2 cruds burnt out.'],
    [75_000, '3 cruds burnt out.'],
    [305_000, '1 crud burnt out.'],
  ])
})

it('says nothing of what was put out, nor of what was over or near its end when it came', () => {
  const look = watchExpiries()
  const soon = ending('soon', HOUR)
  expect(look(0, [soon, ending('put out', MINUTE)], new Set(['soon'])).say).toBe('')
  expect(look(1_000, [soon], new Set(['soon'])).say).toBe('')
  expect(look(2 * MINUTE, [soon], new Set(['soon'])).say).toBe('')
})

it('says after a sleep only what is true by then', () => {
  const look = watchExpiries()
  look(0, [ending('Anna', 2 * HOUR)], new Set(['Anna']))
  expect(look(3 * HOUR, [], new Set()).say).toBe('Anna’s crud has burnt out.')
})

it('looks again for the next thing to say, and now and then', () => {
  const look = watchExpiries()
  const cruds = [ending('near', HOUR + 3_000), ending('far', 5_000)]
  expect(look(0, cruds, new Set(['near'])).next).toBe(3_000)
  expect(look(3_000, cruds, new Set(['near'])).next).toBe(5_000)
  expect(look(4_000, [], new Set()).next).toBe(14_000)
})
