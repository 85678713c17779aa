import { expect, it, test } from 'vitest'
import type { PushPayload } from '../../worker/contract/push.ts'
import tokens from '../styles/base/tokens.css?raw'
import offlinePage from './offline.html?raw'
import { pushNotification } from './push-notification.ts'

const UUID = '019ab2c4-0000-7000-8000-000000000001'

const push = (kind: PushPayload['kind'], actor: string | null, uuid: string | null = UUID) => {
  const { title, options } = pushNotification({ kind, actor, uuid, expires_at: '2026-12-01T10:00:00.000Z' })
  return { title, tag: options.tag, path: options.data.path }
}

const thread = `/@zoe_n/status/${UUID}`

test.each<[kind: PushPayload['kind'], title: string, path: string]>([
  ['like', '@zoe_n liked your crud', thread],
  ['repost', '@zoe_n reposted your crud', thread],
  ['mention', '@zoe_n mentioned you', thread],
  ['reply', '@zoe_n replied to you', `${thread}#${UUID}`],
  ['message', '@zoe_n sent you a message', `/messages/${UUID}`],
])('%s: says who did what, opens its page, and replaces the one before it', (kind, title, path) => {
  expect(push(kind, 'zoe_n')).toEqual({ title, tag: UUID, path })
})

it('opens the profile of a follower, and the list of requests', () => {
  expect(push('follow', 'zoe_n', null)).toEqual({
    title: '@zoe_n followed you',
    tag: 'follow zoe_n',
    path: '/@zoe_n',
  })
  expect(push('follow_request', 'zoe_n', null)).toMatchObject({
    title: '@zoe_n asked to follow you',
    path: '/follow-requests',
  })
})

it('says what nobody did as a sentence of its own', () => {
  for (const kind of ['security', 'report', 'statement'] as const)
    expect(push(kind, null)).toMatchObject({ title: expect.stringMatching(/^[A-Z].*\.$/), path: '/notifications' })
})

it('shows a kind that only a newer release knows', () => {
  const payload = JSON.parse(`{"kind":"quote","actor":"zoe_n","uuid":"${UUID}","expires_at":"2026-12-01T10:00:00Z"}`)
  const { title, options } = pushNotification(payload)
  expect([title, options.data.path]).toEqual(['Something new for you', '/notifications'])
})

it('opens pages of the site alone, whatever a push says', () => {
  for (const kind of ['message', 'follow', 'reply', 'like'] as const)
    for (const hostile of ['//evil.example', 'https://evil.example', '\\evil.example', '@evil.example', '../../..'])
      expect(new URL(push(kind, hostile, hostile).path, 'https://cruddur.example').origin).toBe(
        'https://cruddur.example',
      )
})

test('the offline page has the colours of the site', () => {
  const colours = offlinePage.match(/--[a-z-]+: (?:light-dark|#)[^;]+;/g) ?? []
  expect(colours.length).toBeGreaterThan(5)
  for (const colour of colours) expect(tokens.split('}')[0]).toContain(colour)
})
