import { expect, it } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Notification } from '../../../worker/contract/notification.ts'
import { groupNeighbours } from './group-notifications.ts'

const person = (handle: string) => ({ uuid: handle, handle, display_name: handle, avatar_url: null })
const crud = (uuid: string): Activity => ({
  uuid,
  message: uuid,
  created_at: '2026-11-20T10:00:00.000Z',
  expires_at: '2026-11-27T10:00:00.000Z',
  reply_to_activity_uuid: null,
  reply_to_handle: null,
  likes_count: 0,
  reposts_count: 0,
  replies_count: 0,
  mentions: [],
  user: person('me'),
  viewer: null,
})

const told = (kind: Notification['kind'], by: string | null, of: string | null = null, read = true): Notification => ({
  uuid: `${kind} ${of} by ${by}`,
  kind,
  created_at: '2026-11-24T10:00:00.000Z',
  read_at: read ? '2026-11-24T11:00:00.000Z' : null,
  actor: by === null ? null : person(by),
  activity: of === null ? null : crud(of),
})

/** Each group as `kind of-what: who`, with a star when there is something new in it. */
const shown = (list: Notification[]) =>
  groupNeighbours(list).map(
    ({ kind, activity, actors, unread }) =>
      `${kind} ${activity?.uuid ?? '-'}: ${actors.map(({ handle }) => handle).join(' ')}${unread ? ' *' : ''}`,
  )

it('makes one of neighbours alike, newest first', () => {
  expect(
    shown([
      told('like', 'ada', 'a', false),
      told('like', 'ben', 'a'),
      told('like', 'cat', 'b'),
      told('repost', 'cat', 'b'),
      told('follow', 'dan'),
      told('follow', 'eve'),
      told('like', 'fay', 'a'),
    ]),
  ).toEqual(['like a: ada ben *', 'like b: cat', 'repost b: cat', 'follow -: dan eve', 'like a: fay'])
})

it('leaves alone what somebody wrote', () => {
  expect(shown([told('reply', 'ada', 'x'), told('reply', 'ada', 'y'), told('mention', 'ada', 'z')])).toEqual([
    'reply x: ada',
    'reply y: ada',
    'mention z: ada',
  ])
})

it('leaves alone what nobody did', () => {
  expect(shown([told('security', null), told('follow', 'ada'), told('security', null, null, false)])).toEqual([
    'security -: ',
    'follow -: ada',
    'security -:  *',
  ])
})

it('burns with its crud, a follow for 30 days', () => {
  const [like, follow] = groupNeighbours([told('like', 'ada', 'a'), told('follow', 'ben')])
  expect(like).toMatchObject({ created_at: '2026-11-20T10:00:00.000Z', expires_at: '2026-11-27T10:00:00.000Z' })
  expect(follow).toMatchObject({ created_at: '2026-11-24T10:00:00.000Z', expires_at: '2026-12-24T10:00:00.000Z' })
})
