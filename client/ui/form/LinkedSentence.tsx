import { Fragment } from 'react'

type LinkedSentenceProps = {
  text: string
  /** Paths by phrase of the text, such as "get a new password". */
  links: Readonly<Record<string, string>>
}

/** A sentence in which some phrases are links. */
export function LinkedSentence({ text, links }: LinkedSentenceProps) {
  const parts = text.split(new RegExp(`(${Object.keys(links).join('|')})`))
  return parts.map((part) => {
    const to = links[part]
    return <Fragment key={part}>{to ? <a href={to}>{part}</a> : part}</Fragment>
  })
}
