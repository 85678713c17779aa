import type { ReactNode } from 'react'
import { linkify, type Segment } from '../../../worker/contract/linkify.ts'
import { paths } from '../../routing/paths.ts'

function toNode(segment: Segment, key: number): ReactNode {
  switch (segment.kind) {
    case 'link':
      return (
        <a key={key} href={segment.href} rel="nofollow ugc noopener">
          {segment.text}
        </a>
      )
    case 'mention':
      return (
        <a key={key} href={paths.profile(segment.handle)}>
          {segment.text}
        </a>
      )
    case 'tag':
      return (
        <a key={key} href={paths.tag(segment.tag)}>
          {segment.text}
        </a>
      )
    default:
      return segment.text
  }
}

/**
 * Returns a user's text, with URLs, mentions and tags as links. Not a component: a page has many, most of them plain text.
 * @param mentions Handles that are linked; others are plain text. Without it all are linked.
 */
export function linkedText(text: string, mentions?: readonly string[]): ReactNode[] {
  const isUnlinked = (segment: Segment) => segment.kind === 'mention' && mentions?.includes(segment.handle) === false
  return linkify(text).map((segment, i) => (isUnlinked(segment) ? segment.text : toNode(segment, i)))
}
