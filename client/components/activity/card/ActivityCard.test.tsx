import { QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { describe, expect, it } from 'vitest'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { App } from '../../../app.tsx'
import type { Api } from '../../../net/api.ts'
import { Feed } from '../feed/Feed.tsx'
import { Thread } from '../thread/Thread.tsx'
import { ActivityCard } from './ActivityCard.tsx'
import { fuseStyle } from './fuse-times.ts'

const mira = { uuid: 'mira', handle: 'mira', display_name: 'Mira Okafor', avatar_url: null }
const sol = { uuid: 'sol', handle: 'sol', display_name: 'Sol', avatar_url: null }
const RENDERED = '2026-11-24T12:10:00.000Z'
const activity: Activity = {
  uuid: '019ab2c4-0000-7000-8000-000000000001',
  message: 'Kettle’s on.',
  warning: null,
  audience: 'everyone',
  who_can_reply: 'everyone',
  images: [],
  created_at: '2026-11-24T12:00:00.000Z',
  expires_at: '2026-11-24T13:00:00.000Z',
  reply_to_activity_uuid: null,
  reply_to_handle: null,
  likes_count: 1_287,
  reposts_count: 0,
  replies_count: 3,
  mentions: [],
  user: mira,
  viewer: null,
}
const PATH = '/@mira/status/019ab2c4-0000-7000-8000-000000000001'

const render = (children: ReactNode) =>
  renderToStaticMarkup(
    <MemoryRouter initialEntries={['/?feed=everyone']}>
      <App api={{} as Api} queries={new QueryClient()} renderedAt={Date.parse(RENDERED)}>
        {children}
      </App>
    </MemoryRouter>,
  )

describe('ActivityCard', () => {
  it('has its TTL and the time elapsed when the server rendered it', () => {
    const html = render(<ActivityCard activity={activity} viewer={null} />)
    expect(html).toContain('style="--ttl:3600;--elapsed:600"')
    expect(html).toContain('<time dateTime="PT3000S"></time>')
  })

  it('links a signed-out viewer to sign-in, with the counts', () => {
    const html = render(<ActivityCard activity={activity} viewer={null} />)
    for (const kind of ['reply', 'repost', 'like']) {
      expect(html).toContain(`href="/signin?next=${encodeURIComponent(`${PATH}#to-${kind}`)}"`)
    }
    expect(html).toContain('aria-label="Sign in to like, 1.3K"')
    expect(html).toContain('aria-label="Sign in to repost"')
    expect(html).not.toContain('<button')
  })

  it('has a button for each reaction in one form, with its label and its state', () => {
    const html = render(
      <ActivityCard
        activity={{ ...activity, viewer: { liked: true, reposted: false, can_reply: true } }}
        viewer={sol}
      />,
    )
    expect(html).toContain('<form class="reactions" method="post">')
    const [repost, like] = html.match(/<button.*?>/g) ?? []
    expect(repost).toContain(`formAction="${PATH}/repost"`)
    expect(repost).toMatch(/value="true" aria-pressed="false" aria-label="Repost".* name="on"/)
    expect(like).toContain(`formAction="${PATH}/like"`)
    expect(like).toMatch(/value="false" aria-pressed="true" aria-label="Like, 1.3K".* name="on"/)
    expect(html).toContain(`href="${PATH}#reply"`)
  })

  it('links to its likers only on its own page', () => {
    expect(render(<ActivityCard activity={activity} viewer={mira} />)).not.toContain('/likes"')
    const html = render(<Thread activity={{ ...activity, ancestors: [] }} replies={[]} viewer={mira} />)
    expect(html).toContain(`href="${PATH}/likes"><b>1,287</b> likes`)
    expect(html).not.toContain('/reposts"')
  })

  it('links a signed-in viewer to its menu', () => {
    for (const viewer of [mira, sol]) {
      expect(render(<ActivityCard activity={activity} viewer={viewer} />)).toContain(`href="${PATH}/menu"`)
    }
    expect(render(<ActivityCard activity={activity} viewer={null} />)).not.toContain('/menu"')
  })

  it('escapes markup in texts and names', () => {
    const message = '<script>alert(1)</script><img src=x onerror=alert(1)> "&amp; javascript:alert(1)'
    const hostile = { ...activity, message, user: { ...mira, display_name: '<b onclick=x>' } }
    const html = render(<ActivityCard activity={hostile} viewer={null} />)
    expect(html).not.toMatch(/<script|<img|<b onclick|href="javascript/i)
    expect(html).toContain('&lt;script&gt;')
  })

  it.each([
    ['🧯'.repeat(40), 'activity-text linked short'],
    ['a'.repeat(41), 'activity-text linked medium'],
    ['a'.repeat(141), 'activity-text linked'],
  ])('renders %s with class %s', (message, className) => {
    expect(render(<ActivityCard activity={{ ...activity, message }} viewer={null} />)).toContain(`class="${className}"`)
  })

  it('keeps line breaks, and collapses blank lines into one', () => {
    const html = render(<ActivityCard activity={{ ...activity, message: 'a\nb\n\n\n \n\nc' }} viewer={null} />)
    expect(html).toContain('a\nb\n\nc')
  })

  it.each([
    ['twelve lines', Array.from({ length: 12 }, (_, i) => i).join('\n'), true],
    ['eleven lines', Array.from({ length: 11 }, (_, i) => i).join('\n'), false],
    ['many words', 'word '.repeat(141), true],
  ])('links to its page from a list if the text is clamped: %s', (_, message, isCut) => {
    const html = render(<ActivityCard activity={{ ...activity, message }} viewer={null} />)
    expect(html.includes(' clamped"')).toBe(isCut)
    expect(html.includes(`<a href="${PATH}">Read on</a>`)).toBe(isCut)
    expect(render(<ActivityCard activity={{ ...activity, message }} viewer={null} focal />)).not.toMatch(
      / clamped"|Read on/,
    )
  })

  it('names the parent of a reply below it for assistive technology alone', () => {
    const reply = { ...activity, reply_to_activity_uuid: 'x', reply_to_handle: 'sol' }
    const html = render(<ActivityCard activity={reply} viewer={null} belowParent />)
    expect(html).toContain('<p class="visually-hidden">Replying to @sol</p>')
    expect(html).not.toContain('href="/@sol/status/x"')
  })
})

describe('Feed', () => {
  it('numbers its activities, and shows its note at the last expiry', () => {
    const later = { ...activity, uuid: 'later', expires_at: '2026-11-25T12:00:00.000Z' }
    const html = render(<Feed activities={[activity, later]} viewer={null} label="Everyone" nextPath="/?cursor=x" />)
    expect(html).toContain('role="feed"')
    expect(html).toContain('aria-posinset="2" aria-setsize="-1"')
    expect(html).toContain('class="expired-note" style="--ttl:86400;--elapsed:600"')
    expect(html).toContain('href="/?cursor=x"')
  })

  it('invites to post when empty, and marks the end of the list', () => {
    expect(render(<Feed activities={[]} viewer={null} label="Everyone" />)).toContain(
      'Nothing is burning here. Light the first one.',
    )
    const all = render(<Feed activities={[activity]} viewer={null} label="Everyone" />)
    expect(all).toContain('<p class="end-of-list" style="--ttl:3600;--elapsed:600">That’s all for now.</p>')
    const first = render(<Feed activities={[activity]} viewer={null} label="Everyone" nextPath="/x" />)
    expect(first).not.toContain('end-of-list')
  })
})

describe('Thread', () => {
  const shown = { ...activity, reply_to_activity_uuid: 'middle' }
  const middle = { ...activity, uuid: 'middle', reply_to_activity_uuid: 'root' }
  const root = { ...activity, uuid: 'root' }
  const placeholders = (ancestors: Activity[]) =>
    render(<Thread activity={{ ...shown, ancestors }} replies={[]} viewer={null} />).split('Someone you can’t see')
      .length - 1

  it('shows a placeholder for each gap in the ancestors', () => {
    expect(placeholders([root, middle])).toBe(0)
    expect(placeholders([middle])).toBe(1)
    expect(placeholders([root])).toBe(1)
    expect(placeholders([])).toBe(1)
  })
})

it('has --joined when added to a list that was mounted earlier', () => {
  const at = Date.parse(RENDERED)
  expect(fuseStyle(activity, at, at)).toEqual({ '--ttl': 3600, '--elapsed': 600 })
  expect(fuseStyle(activity, at + 15_250, at)).toEqual({ '--ttl': 3600, '--elapsed': 615.25, '--joined': 15.25 })
})
