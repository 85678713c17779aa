import { describe, expect, test } from 'vitest'
import { api } from '../../../worker/api/api.ts'
import type { Client } from '../../harness/client.ts'
import { openSite } from '../../harness/site.ts'
import { posts, replies, sendsMessage } from '../../support/actors/actions.ts'
import { type ApiUser, users } from '../../support/actors/many-users.ts'
import { MATRIX, ROLES, type Role, STATES, type State, type Target } from '../../support/fixtures/access-matrix.ts'

const site = await openSite()
const { db, actors } = site

/** All mounted routes; ALL is middleware. */
const ROUTES = [
  ...new Set(api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
]

/** A user for each role: `member` has a conversation with the author and has replied, `nonmember` has one with others. */
type UsersByRole = Record<Exclude<Role, 'out'>, ApiUser>

async function makeUsers(): Promise<UsersByRole> {
  const [stranger, author, member, nonmember] = await users(site, 'stranger', 'author', 'member', 'nonmember')
  return { stranger, author, member, nonmember }
}

const UNKNOWN = '6f8a6c3e-3f0b-4a52-9d3e-0a3c8a1c8b11'
const sql = (text: string, uuid: string) => db.sql(text, [uuid])

/** Creates the target of a route in a state; returns its path segment. */
const MAKE_TARGET: Record<Target, (usersByRole: UsersByRole, state: State) => Promise<string>> = {
  none: async () => '',
  async crud({ author, member }, state) {
    const { uuid } = await posts(author, 'hi')
    await replies(member, { uuid }, 'ho')
    if (state === 'expired') {
      const past = `created_at = now() - interval '2 hours', expires_at = now() - interval '1 second'`
      await sql(`update activities set ${past} where root_uuid = $1`, uuid)
    }
    if (state === 'deleted') await sql('delete from activities where uuid = $1', uuid)
    return state === 'unknown' ? UNKNOWN : uuid
  },
  async person({ author }, state) {
    if (state === 'deleted') await sql('delete from users where uuid = $1', author.uuid)
    return state === 'unknown' ? '@nobody_has_this' : `@${author.handle}`
  },
  async conversation({ author, member, stranger, nonmember }, state) {
    const { message_group_uuid: uuid } = await sendsMessage(author, member, 'psst')
    await sendsMessage(stranger, nonmember, 'psst')
    if (state === 'expired') await sql('update messages set expires_at = now() where message_group_uuid = $1', uuid)
    if (state === 'deleted') await sql('delete from message_groups where uuid = $1', uuid)
    return state === 'unknown' ? UNKNOWN : uuid
  },
  async message({ author, member, stranger, nonmember }, state) {
    const { uuid } = await sendsMessage(author, member, 'psst')
    await sendsMessage(stranger, nonmember, 'psst')
    if (state === 'expired') await sql('update messages set expires_at = now() where uuid = $1', uuid)
    if (state === 'deleted') await sql('delete from messages where uuid = $1', uuid)
    return state === 'unknown' ? UNKNOWN : uuid
  },
}

test('the matrix has a row for every route, and no other', () => {
  expect(Object.keys(MATRIX).sort()).toEqual([...ROUTES].sort())
})

describe.each(ROUTES.filter((route) => route in MATRIX))('%s', (route) => {
  const row = MATRIX[route]
  const [method = '', pattern = ''] = route.split(' ')
  const states = STATES.filter((state) => row?.statuses.author[state] !== undefined)

  test.each(states)('%s', async (state) => {
    if (!row) throw new Error(`${route} has no row`)
    const usersByRole = await makeUsers()
    // The conversation in the path is the author's with the member.
    const target = await MAKE_TARGET[row.target](usersByRole, state)
    const actual: Record<string, string> = {}
    const expected: Record<string, string> = {}
    for (const role of ROLES.filter((one) => !(row.target === 'person' && state === 'deleted' && one === 'author'))) {
      const client: Client = role === 'out' ? actors.visitor() : usersByRole[role]
      const body = row.body?.(target)
      const headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const path = pattern.replace(/:(?!tag)\w+/, target).replace(':tag', 'tag') + (row.query ?? '')
      const answer = await client.send(method, path, headers, body === undefined ? undefined : JSON.stringify(body))
      const status = row.statuses[role][state]
      actual[role] = answer.status === status ? `${answer.status}` : `${answer.status} ${answer.text}`
      expected[role] = `${status}`
      if (answer.status >= 400) expect(answer.body?.errors, answer.text).toBeTruthy()
    }
    expect(actual).toEqual(expected)
  })
})
