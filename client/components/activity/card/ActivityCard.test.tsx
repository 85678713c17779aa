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
const crud: Activity = {
  uuid: '019ab2c4-0000-7000-8000-000000000001',
  message: 'Kettle’s on.',
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
const ADDRESS = '/@mira/status/019ab2c4-0000-7000-8000-000000000001'

const draw = (children: ReactNode) =>
  renderToStaticMarkup(
    <MemoryRouter initialEntries={['/?feed=everyone']}>
      <App api={{} as Api} queries={new QueryClient()} renderedAt={Date.parse(RENDERED)}>
        {children}
      </App>
    </MemoryRouter>,
  )

describe('Crud', () => {
  it('carries its life and what had gone of it when the server rendered it', () => {
    const html = draw(<ActivityCard activity={crud} viewer={null} />)
    expect(html).toContain('style="--life:3600;--elapsed:600"')
    expect(html).toContain('<time dateTime="PT3000S"></time>')
  })

  it('leads a signed-out reader to sign in, with the counts', () => {
    const html = draw(<ActivityCard activity={crud} viewer={null} />)
    for (const kind of ['reply', 'repost', 'like']) {
      expect(html).toContain(`href="/signin?next=${encodeURIComponent(`${ADDRESS}#to-${kind}`)}"`)
    }
    expect(html).toContain('aria-label="Sign in to like, 1.3K"')
    expect(html).toContain('aria-label="Sign in to repost"')
    expect(html).not.toContain('<button')
  })

  it('is a form for each thing to press, that says what it is and where it stands', () => {
    const html = draw(<ActivityCard activity={{ ...crud, viewer: { liked: true, reposted: false } }} viewer={sol} />)
    expect(html).toContain(`<form action="${ADDRESS}/like" method="post"`)
    expect(html).toMatch(/value="false" aria-pressed="true" aria-label="Like, 1.3K" name="on"/)
    expect(html).toMatch(/value="true" aria-pressed="false" aria-label="Repost" name="on"/)
    expect(html).toContain(`name="next" value="/?feed=everyone#${crud.uuid}"`)
    expect(html).toContain(`href="${ADDRESS}#reply"`)
    expect(html).not.toContain('put-out')
  })

  it('tells on its own page alone who likes it, and lets its author rewrite it', () => {
    expect(draw(<ActivityCard activity={crud} viewer={mira} />)).not.toMatch(/\/likes"|rewrite/)
    const html = draw(<Thread activity={{ ...crud, ancestors: [] }} replies={[]} viewer={mira} />)
    expect(html).toContain(`href="${ADDRESS}/likes"><b>1,287</b> likes`)
    expect(html).not.toContain('/reposts"')
    expect(html).toContain(`href="${ADDRESS}/rewrite"`)
    expect(draw(<Thread activity={{ ...crud, ancestors: [] }} replies={[]} viewer={sol} />)).not.toContain('rewrite')
  })

  it('lets its author put it out', () => {
    expect(draw(<ActivityCard activity={crud} viewer={mira} />)).toContain(`href="${ADDRESS}/put-out"`)
  })

  it('never takes text for markup', () => {
    const message = '<script>alert(1)</script><img src=x onerror=alert(1)> "&amp; javascript:alert(1)'
    const hostile = { ...crud, message, user: { ...mira, display_name: '<b onclick=x>' } }
    const html = draw(<ActivityCard activity={hostile} viewer={null} />)
    expect(html).not.toMatch(/<script|<img|<b onclick|href="javascript/i)
    expect(html).toContain('&lt;script&gt;')
  })

  it.each([
    ['🧯'.repeat(40), 'message linked short'],
    ['a'.repeat(41), 'message linked medium'],
    ['a'.repeat(141), 'message linked'],
  ])('sets %s as %s', (message, className) => {
    expect(draw(<ActivityCard activity={{ ...crud, message }} viewer={null} />)).toContain(`class="${className}"`)
  })

  it('keeps line breaks, and one blank line of many', () => {
    const html = draw(<ActivityCard activity={{ ...crud, message: 'a\nb\n\n\n \n\nc' }} viewer={null} />)
    expect(html).toContain('a\nb\n\nc')
  })

  it.each([
    ['of many lines', Array.from({ length: 12 }, (_, i) => i).join('\n'), true],
    ['of a few', Array.from({ length: 11 }, (_, i) => i).join('\n'), false],
    ['of many words', 'word '.repeat(141), true],
  ])('in a list leads to all of a text %s', (_, message, isCut) => {
    const html = draw(<ActivityCard activity={{ ...crud, message }} viewer={null} />)
    expect(html.includes(' cut"')).toBe(isCut)
    expect(html.includes(`<a href="${ADDRESS}">Read on</a>`)).toBe(isCut)
    expect(draw(<ActivityCard activity={{ ...crud, message }} viewer={null} alone />)).not.toMatch(/ cut"|Read on/)
  })

  it('says of a reply whether it ends with what it answers', () => {
    const reply = { ...crud, reply_to_activity_uuid: 'x', reply_to_handle: 'sol' }
    expect(draw(<ActivityCard activity={reply} viewer={null} />)).not.toContain('and ends with it')
    const bound = { ...reply, expires_at: '2026-11-24T12:41:07.250Z' }
    expect(draw(<ActivityCard activity={bound} viewer={null} />)).toContain('and ends with it')
  })
})

describe('Feed', () => {
  it('numbers its cruds, and counts its note from the last end', () => {
    const later = { ...crud, uuid: 'later', expires_at: '2026-11-25T12:00:00.000Z' }
    const html = draw(<Feed activities={[crud, later]} viewer={null} label="Everyone" next="/?cursor=x" />)
    expect(html).toContain('role="feed"')
    expect(html).toContain('aria-posinset="2" aria-setsize="-1"')
    expect(html).toContain('class="burnt" style="--life:86400;--elapsed:600"')
    expect(html).toContain('href="/?cursor=x"')
  })

  it('invites to light the first, and says where it ends', () => {
    expect(draw(<Feed activities={[]} viewer={null} label="Everyone" />)).toContain(
      'Nothing is burning here. Light the first one.',
    )
    const all = draw(<Feed activities={[crud]} viewer={null} label="Everyone" />)
    expect(all).toContain('<p class="end" style="--life:3600;--elapsed:600">That is all for now.</p>')
    expect(draw(<Feed activities={[crud]} viewer={null} label="Everyone" next="/x" />)).not.toContain('That is all')
  })
})

describe('Thread', () => {
  const shown = { ...crud, reply_to_activity_uuid: 'middle' }
  const middle = { ...crud, uuid: 'middle', reply_to_activity_uuid: 'root' }
  const root = { ...crud, uuid: 'root' }
  const holes = (ancestors: Activity[]) =>
    draw(<Thread activity={{ ...shown, ancestors }} replies={[]} viewer={null} />).split('Someone you cannot see')
      .length - 1

  it('holds the place of whom the reader cannot see', () => {
    expect(holes([root, middle])).toBe(0)
    expect(holes([middle])).toBe(1)
    expect(holes([root])).toBe(1)
    expect(holes([])).toBe(1)
  })
})

it('tells the sheet how long the list was up when a crud joined it', () => {
  const at = Date.parse(RENDERED)
  expect(fuseStyle(crud, at, at)).toEqual({ '--life': 3600, '--elapsed': 600 })
  expect(fuseStyle(crud, at + 15_250, at)).toEqual({ '--life': 3600, '--elapsed': 615.25, '--joined': 15.25 })
})
