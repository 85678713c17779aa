import { describe, expect, test } from 'vitest'
import { BARE, type MeasuredRoute, type MeasuredSide, QUERY, reportRoutes } from './route-report.ts'

const side = (cpu: Partial<MeasuredSide['cpu']>, rest: Partial<MeasuredSide> = {}): MeasuredSide => ({
  cpu: { worker: 0, postgres: 0, neon: 0, ...cpu },
  ...{ perSecond: 100, p50: 1, p99: 2, trips: 1, bytes: { gzip: 10, brotli: 9 }, missed: 0 },
  ...rest,
})
const route = (name: string, here: MeasuredSide, rest: Partial<MeasuredRoute> = {}): MeasuredRoute => ({
  ...{ name, as: 'signed in', bounds: {}, allowedTrips: 1, here },
  ...rest,
})

const YARDSTICKS = [
  route(BARE, side({ worker: 0.1 }, { trips: 0 }), { allowedTrips: 0 }),
  route(QUERY, side({ worker: 0.001, postgres: 0.2 }, { trips: null, bytes: null }), { allowedTrips: null }),
]

test('CPU of the Worker is shown in multiples of the bare route, CPU of Postgres in multiples of the query', () => {
  const { tables } = reportRoutes([...YARDSTICKS, route('/', side({ worker: 2, postgres: 3, neon: 0.5 }))])
  const [cpu] = tables
  expect(cpu?.rows).toEqual([
    [BARE, 'signed in', 0.1, 1, null, null, null],
    [QUERY, 'signed in', null, null, 0.2, 1, null],
    ['/', 'signed in', 2, 20, 3, expect.closeTo(15), 0.5],
  ])
})

test('a run without both yardsticks is an error', () => {
  expect(() => reportRoutes(YARDSTICKS.slice(0, 1))).toThrow(`${QUERY} was not measured.`)
})

test('a note below the table gives the number of older hits that were misses', () => {
  const hit = route('/?cursor=…', side({ worker: 1, postgres: 0.01 }, { missed: 3 }), { allowedTrips: 0 })
  const { tables } = reportRoutes([...YARDSTICKS, hit])
  expect(tables[0]?.rows.at(-1)).toEqual(['/?cursor=…', 'signed in', 1, 10, null, null, null])
  expect(tables[0]?.notes).toEqual(['3 of the requests for /?cursor=…, expected to be hits, were misses.'])
})

describe('budgets', () => {
  const bounded = (there?: MeasuredSide) =>
    route('/', side({ worker: 0.4, postgres: 2 }), {
      bounds: { worker: 3, postgres: 10, against: 0.75 },
      ...(there && { there }),
    })

  test('are multiples of the yardsticks', () => {
    const { budgets } = reportRoutes([...YARDSTICKS, bounded()])
    expect(budgets).toEqual([
      { what: 'Postgres, / signed in', bound: 10, measured: expect.closeTo(10), unit: 'Q' },
      { what: 'Worker, / signed in', bound: 3, measured: expect.closeTo(4), unit: 'B' },
      { what: 'round trips that any request waits for', bound: 1, measured: 1, unit: '' },
      { what: 'round trips on a hit of the edge cache', bound: 0, measured: 0, unit: '' },
    ])
  })

  test('against another commit appear only where one was measured', () => {
    const against = { name: 'abc', notes: [] }
    const { budgets } = reportRoutes([...YARDSTICKS, bounded(side({ worker: 0.5 }))], against)
    expect(budgets).toContainEqual({
      what: 'Worker, / signed in, against abc',
      bound: 0.75,
      measured: expect.closeTo(0.8),
      unit: '×',
    })
  })

  test('of round trips check the worst route', () => {
    const { budgets } = reportRoutes([
      ...YARDSTICKS,
      route('/', side({}, { trips: 2 })),
      route('/', side({}, { trips: 0.2 }), { allowedTrips: 0 }),
    ])
    expect(budgets?.map(({ measured }) => measured)).toEqual([2, 0.2])
  })
})

test('a comparison with another commit has a table of its own, with notes', () => {
  const there = side({ worker: 4, postgres: 10 })
  const { tables } = reportRoutes([...YARDSTICKS, route('/', side({ worker: 2, postgres: 4 }), { there })], {
    name: 'abc',
    notes: ['It throws plans away.'],
  })
  expect(tables.at(-1)).toEqual({
    title: 'CPU per request in ms, against abc',
    columns: ['route', 'reader', 'Worker, abc', 'here', '×', 'Postgres, abc', 'here', '×'],
    rows: [['/', 'signed in', 4, 2, 0.5, 10, 4, 0.4]],
    notes: ['It throws plans away.'],
  })
})
