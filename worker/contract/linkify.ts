import { TAG_MAX } from './limits.ts'

/** A part of a user's text: plain text, an external link, a mention or a tag. */
export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; handle: string }
  | { kind: 'tag'; text: string; tag: string }

/** Length limit of a link's visible text, in code points. */
const LINK_TEXT_MAX = 40

/**
 * A URL ends at white space, quotes, angle brackets and control characters. A mention or tag must not follow a letter, digit
 * or one of / @ # & (so `mail@example.com`, `a/#b` and `&#39;` stay text); a tag needs a letter.
 */
const TOKEN =
  /(?<link>https?:\/\/[^\s<>"'`\p{C}]+)|(?<![\p{L}\p{N}_/@#&])(?:@(?<handle>[A-Za-z0-9_]{1,30})(?![\p{L}\p{N}_@])|#(?<tag>[\p{L}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*))/giu

/** Cuts trailing punctuation off a URL; a closing bracket only if it was not opened inside the URL. */
function trimUrl(raw: string): string {
  // Count the brackets once: counting for each one would take quadratic time.
  const unopened = { ')': count(raw, ')') - count(raw, '('), ']': count(raw, ']') - count(raw, '[') }
  let end = raw.length
  for (;;) {
    const last = raw[end - 1] ?? ''
    if (last === ')' || last === ']') {
      if (unopened[last] <= 0) break
      unopened[last] -= 1
    } else if (!/[.,;:!?*_~…’”»]/u.test(last)) break
    end -= 1
  }
  return raw.slice(0, end)
}

const count = (text: string, character: string) => text.split(character).length - 1

/** Returns the visible text of a link: host and decoded path, but percent-encoded if it has spaces or control characters. */
function linkTextOf(url: URL): string {
  const tail = url.pathname === '/' && !url.search && !url.hash ? '' : url.pathname + url.search + url.hash
  let readable = tail
  try {
    readable = decodeURI(tail)
  } catch {
    // The percent-encoding is not UTF-8: show it as it is.
  }
  const text = url.host + (/[\s\p{C}\p{Z}]/u.test(readable) ? tail : readable)
  const characters = [...text]
  return characters.length > LINK_TEXT_MAX ? `${characters.slice(0, LINK_TEXT_MAX - 1).join('')}…` : text
}

function parseUrl(raw: string): { href: string; text: string } | null {
  if (!URL.canParse(raw)) return null
  const url = new URL(raw)
  // No user name before the host: https://bank.example@evil.example looks like another site.
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname.includes('.')) return null
  return { href: url.href, text: linkTextOf(url) }
}

/** Returns the canonical form of a tag: lower case, NFC. */
const toTag = (written: string) => written.toLowerCase().normalize('NFC')

/** Splits a text into plain parts, links, mentions and tags. Render all of them as text, never as markup. */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = []
  /** Where the text that is in no segment yet begins. */
  let rest = 0
  const push = (until: number, segment?: Segment) => {
    if (until > rest) segments.push({ kind: 'text', text: text.slice(rest, until) })
    if (segment) segments.push(segment)
  }
  for (const match of text.matchAll(TOKEN)) {
    const { link, handle, tag } = match.groups ?? {}
    if (match.index < rest || (tag && [...toTag(tag)].length > TAG_MAX)) continue
    if (link) {
      const raw = trimUrl(link)
      const parsed = parseUrl(raw)
      if (!parsed) continue
      push(match.index, { kind: 'link', ...parsed })
      rest = match.index + raw.length
    } else {
      push(
        match.index,
        handle
          ? { kind: 'mention', text: match[0], handle: handle.toLowerCase() }
          : { kind: 'tag', text: match[0], tag: toTag(tag ?? '') },
      )
      rest = match.index + match[0].length
    }
  }
  push(text.length)
  return segments
}

/** Returns the tags of a text in canonical form, without duplicates. */
export function tagsIn(text: string): string[] {
  return unique(linkify(text).flatMap((segment) => (segment.kind === 'tag' ? [segment.tag] : [])))
}

/** Returns the canonical tag of a text without its `#`; null if it is not a valid tag. */
export function tagOf(written: string): string | null {
  const [segment, ...rest] = linkify(`#${written}`)
  return segment?.kind === 'tag' && rest.length === 0 ? segment.tag : null
}

/** Returns the handles that a text mentions, in lower case, without duplicates. */
export function handlesIn(text: string): string[] {
  return unique(linkify(text).flatMap((segment) => (segment.kind === 'mention' ? [segment.handle] : [])))
}

const unique = (values: string[]) => [...new Set(values)]
