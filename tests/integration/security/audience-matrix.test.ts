import { beforeAll, describe, expect, test } from 'vitest'
import { AUDIENCES } from '../../../worker/contract/audience.ts'
import type { Answer, Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { MATRIX } from '../../support/fixtures/access-matrix.ts'
import {
  ACTIVITY_ROUTES,
  expectedStatus,
  KINDS,
  makeActivity,
  makeViewers,
  RELATIONS,
  sees,
  type Viewers,
} from '../../support/fixtures/audience-matrix.ts'

const site = await openSite({ liftLimits: true })
const { db } = site

let viewers: Viewers
let neverThere: string
beforeAll(async () => {
  viewers = await makeViewers(site)
  // A uuid of this moment, as an activity's that has been swept.
  const [row] = await db.sql<{ uuid: string }>('select uuidv7() as uuid')
  neverThere = row?.uuid ?? ''
})

function ask(who: Client, route: string, uuid: string): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ')
  const body = MATRIX[route]?.body?.(uuid)
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  return who.send(
    method,
    pattern.replace(':uuid', uuid),
    headers,
    body === undefined ? undefined : JSON.stringify(body),
  )
}

/** All that an answer tells, but for what differs between two requests for the same. */
const told = ({ status, headers, body }: Answer) => ({
  status,
  body: { ...body, request_id: undefined },
  headers: ['cache-control', 'content-type', 'etag', 'vary'].map((name) => headers.get(name)),
})

test('there are routes, and each relation sees something or nothing as it should', () => {
  expect(ACTIVITY_ROUTES.length).toBeGreaterThan(12)
  const seen = RELATIONS.map((relation) => AUDIENCES.filter((audience) => sees(audience, relation)).length)
  expect(new Set(seen)).toEqual(new Set([0, 1, 2, 4]))
})

describe.each(ACTIVITY_ROUTES)('%s', (route) => {
  const cases = AUDIENCES.flatMap((audience) => KINDS.map((kind) => [audience, kind] as const))

  test.each(cases)(
    'for %s, a %s: those who may not see it are answered as if there were none',
    async (audience, kind) => {
      const uuid = await makeActivity(viewers, audience, kind)
      const found: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      for (const relation of RELATIONS) {
        const answer = await ask(viewers[relation], route, uuid)
        if (sees(audience, relation)) {
          found[relation] = answer.status
          expected[relation] = expectedStatus(route, kind, audience, relation)
        } else {
          found[relation] = told(answer)
          expected[relation] = told(await ask(viewers[relation], route, neverThere))
          expect(answer.status, relation).toBe(expectedStatus(route, kind, audience, relation))
        }
      }
      expect(found).toEqual(expected)
    },
  )
})
