import { expect, it } from 'vitest'
import type { Activity } from '../../../worker/contract/activity.ts'
import type { Notification } from '../../../worker/contract/notification.ts'
import { groupAdjacent } from './group-notifications.ts'

const user = (handle: string) => ({ uuid: handle, handle, display_name: handle, avatar_url: null })
const activity = (uuid: string): Activity => ({
  uuid,
  message: uuid,
  warning: null,
  audience: 'everyone',
  who_can_reply: 'everyone',
  images: [],
  created_at: '2026-11-20T10:00:00.000Z',
  expires_at: '2026-11-27T10:00:00.000Z',
  reply_to_activity_uuid: null,
  reply_to_handle: null,
  likes_count: 0,
  reposts_count: 0,
  replies_count: 0,
  mentions: [],
  user: user('me'),
  viewer: null,
})

const notification = (
  kind: Notification['kind'],
  by: string | null,
  of: string | null = null,
  read = true,
): Notification => ({
  uuid: `${kind} ${of} by ${by}`,
  kind,
  reference: null,
  created_at: '2026-11-24T10:00:00.000Z',
  read_at: read ? '2026-11-24T11:00:00.000Z' : null,
  actor: by === null ? null : user(by),
  activity: of === null ? null : activity(of),
})

/** Returns each group as `kind activity: actors`, with a star if it is unread. */
const groups = (list: Notification[]) =>
  groupAdjacent(list).map(
    ({ kind, activity, actors, unread }) =>
      `${kind} ${activity?.uuid ?? '-'}: ${actors.map(({ handle }) => handle).join(' ')}${unread ? ' *' : ''}`,
  )

it('groups adjacent likes, reposts and follows, newest first', () => {
  expect(
    groups([
      notification('like', 'ada', 'a', false),
      notification('like', 'ben', 'a'),
      notification('like', 'cat', 'b'),
      notification('repost', 'cat', 'b'),
      notification('follow', 'dan'),
      notification('follow', 'eve'),
      notification('like', 'fay', 'a'),
    ]),
  ).toEqual(['like a: ada ben *', 'like b: cat', 'repost b: cat', 'follow -: dan eve', 'like a: fay'])
})

it('does not group replies and mentions', () => {
  expect(
    groups([notification('reply', 'ada', 'x'), notification('reply', 'ada', 'y'), notification('mention', 'ada', 'z')]),
  ).toEqual(['reply x: ada', 'reply y: ada', 'mention z: ada'])
})

it('does not group security notifications', () => {
  expect(
    groups([
      notification('security', null),
      notification('follow', 'ada'),
      notification('security', null, null, false),
    ]),
  ).toEqual(['security -: ', 'follow -: ada', 'security -:  *'])
})

it('expires with its activity, a follow after 30 days', () => {
  const [like, follow] = groupAdjacent([notification('like', 'ada', 'a'), notification('follow', 'ben')])
  expect(like).toMatchObject({ created_at: '2026-11-20T10:00:00.000Z', expires_at: '2026-11-27T10:00:00.000Z' })
  expect(follow).toMatchObject({ created_at: '2026-11-24T10:00:00.000Z', expires_at: '2026-12-24T10:00:00.000Z' })
})
