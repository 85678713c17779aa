import { describe, expect, it } from 'vitest'
import { linkify } from './linkify.ts'

/** Returns the links, mentions and tags of a text as `kind:target`, in order. */
const links = (text: string) =>
  linkify(text).flatMap((segment) => {
    if (segment.kind === 'link') return [`link:${segment.href}`]
    if (segment.kind === 'mention') return [`mention:${segment.handle}`]
    if (segment.kind === 'tag') return [`tag:${segment.tag}`]
    return []
  })

describe('linkify', () => {
  it('keeps the text around links', () => {
    expect(linkify('Hi @Mira, see https://shelf.example/soup. #SlowWeb!')).toEqual([
      { kind: 'text', text: 'Hi ' },
      { kind: 'mention', text: '@Mira', handle: 'mira' },
      { kind: 'text', text: ', see ' },
      { kind: 'link', text: 'shelf.example/soup', href: 'https://shelf.example/soup' },
      { kind: 'text', text: '. ' },
      { kind: 'tag', text: '#SlowWeb', tag: 'slowweb' },
      { kind: 'text', text: '!' },
    ])
  })

  it.each([
    ['', []],
    ['no links at all\n\nreally', []],
    ['(https://en.example.org/wiki/Fuse_(fire))', ['link:https://en.example.org/wiki/Fuse_(fire)']],
    ['https://a.example/x?y=1&z=2#top, then', ['link:https://a.example/x?y=1&z=2#top']],
    ['HTTPS://A.EXAMPLE', ['link:https://a.example/']],
    ['https://a.example/@mira/#tag', ['link:https://a.example/@mira/#tag']],
    ['#größe #日本語 #été2026', ['tag:größe', 'tag:日本語', 'tag:été2026']],
    ['#1 of #2026', []],
    ['mail me: anna@example.com', []],
    ['@mira@example.social', []],
    [`@${'a'.repeat(31)}`, []],
    ['.@mira: @tobias_k’s', ['mention:mira', 'mention:tobias_k']],
    ['&#39; a/#b ##x @@y', []],
  ])('%j', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  it.each([
    'javascript:alert(1)',
    'javascript://%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://a.example/',
    '//evil.example',
    'https://',
    'http://.',
    'https://localhost/x',
    'https://bank.example@evil.example/',
    'https://bank.example:pw@evil.example/',
    'https://[::1',
    '<a href="javascript:alert(1)">x</a>',
  ])('does not link %j', (text) => {
    expect(links(text)).toEqual([])
    expect(
      linkify(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text)
  })

  it('ends a link at quotes, markup and direction overrides', () => {
    expect(links('https://a.example/"onmouseover="alert(1)')).toEqual(['link:https://a.example/'])
    expect(links('https://a.example/<script>')).toEqual(['link:https://a.example/'])
    expect(links('https://a.example/\u202Egpj.exe')).toEqual(['link:https://a.example/'])
  })

  it('shows the real target of a link', () => {
    const text = (source: string) => linkify(source)[0]?.text
    expect(text('https://аррӏе.com/')).toMatch(/^xn--/)
    expect(text('https://a.example/Bergstr%C3%B6m')).toBe('a.example/Bergström')
    expect(text('https://a.example/%E2%80%AEgpj')).toBe('a.example/%E2%80%AEgpj')
    expect(text('https://a.example/%FF')).toBe('a.example/%FF')
    expect(text(`https://a.example/${'long'.repeat(30)}`)).toHaveLength(40)
  })

  it('handles hostile texts in linear time', () => {
    const start = performance.now()
    for (const unit of ['#', '@a', 'https://', 'https://a.example/((', '.', ')']) linkify(unit.repeat(3_000))
    linkify(`https://a.example/${')'.repeat(2_800)}`)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
