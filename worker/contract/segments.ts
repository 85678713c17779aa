import { TAG_MAX } from './limits.ts'

/** A piece of what a person wrote. `href` leads away from the site; `handle` and `tag` lead into it. */
export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; handle: string }
  | { kind: 'tag'; text: string; tag: string }

/** Longer addresses are cut on screen, in characters. */
const SHOWN_MAX = 40

/**
 * An address ends at white space, quotes and angle brackets. A mention or a tag needs something other than a letter,
 * digit or one of / @ # & before it (so `mail@example.com`, `a/#b` and `&#39;` stay text); a tag needs a letter.
 */
const TOKEN =
  /(?<link>https?:\/\/[^\s<>"'`\p{C}]+)|(?<![\p{L}\p{N}_/@#&])(?:@(?<handle>[A-Za-z0-9_]{1,30})(?![\p{L}\p{N}_@])|#(?<tag>[\p{L}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*))/giu

/** Punctuation that ends the sentence and not the address; a bracket only if it was not opened inside. */
function trimAddress(raw: string): string {
  // Counted once: an address of nothing but brackets must not be walked again for each of them.
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

/** The address as shown: host and path, readable, never with characters that could hide or turn what it is. */
function shown(url: URL): string {
  const tail = url.pathname === '/' && !url.search && !url.hash ? '' : url.pathname + url.search + url.hash
  let readable = tail
  try {
    readable = decodeURI(tail)
  } catch {
    // Not UTF-8 behind the percent signs: shown as it is.
  }
  const text = url.host + (/[\s\p{C}\p{Z}]/u.test(readable) ? tail : readable)
  const characters = [...text]
  return characters.length > SHOWN_MAX ? `${characters.slice(0, SHOWN_MAX - 1).join('')}…` : text
}

function parseAddress(raw: string): { href: string; text: string } | null {
  if (!URL.canParse(raw)) return null
  const url = new URL(raw)
  // With a name before the host (https://bank.example@evil.example) it reads as another site than it is.
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname.includes('.')) return null
  return { href: url.href, text: shown(url) }
}

/** A tag by what it is known, however it is written. */
const toTag = (written: string) => written.toLowerCase().normalize('NFC')

/** Cuts a text into what stands as it is and what becomes a link. Text is never markup, whatever it says. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = []
  let from = 0
  const push = (until: number, segment?: Segment) => {
    if (until > from) segments.push({ kind: 'text', text: text.slice(from, until) })
    if (segment) segments.push(segment)
  }
  for (const match of text.matchAll(TOKEN)) {
    const { link, handle, tag } = match.groups ?? {}
    if (match.index < from || (tag && [...toTag(tag)].length > TAG_MAX)) continue
    if (link) {
      const raw = trimAddress(link)
      const address = parseAddress(raw)
      if (!address) continue
      push(match.index, { kind: 'link', ...address })
      from = match.index + raw.length
    } else {
      push(
        match.index,
        handle
          ? { kind: 'mention', text: match[0], handle: handle.toLowerCase() }
          : { kind: 'tag', text: match[0], tag: toTag(tag ?? '') },
      )
      from = match.index + match[0].length
    }
  }
  push(text.length)
  return segments
}

/** The tags of a text, in lower case, each once. */
export function tagsIn(text: string): string[] {
  return unique(segmentsOf(text).flatMap((segment) => (segment.kind === 'tag' ? [segment.tag] : [])))
}

/** The tag that is written as `#` and this text, and nothing else; null when that is no tag. */
export function tagOf(written: string): string | null {
  const [segment, ...rest] = segmentsOf(`#${written}`)
  return segment?.kind === 'tag' && rest.length === 0 ? segment.tag : null
}

/** The handles that a text names, in lower case, each once. */
export function handlesIn(text: string): string[] {
  return unique(segmentsOf(text).flatMap((segment) => (segment.kind === 'mention' ? [segment.handle] : [])))
}

const unique = (values: string[]) => [...new Set(values)]
