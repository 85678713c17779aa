import type { ComponentProps } from 'react'
import { Link } from 'react-router'

/** A link to a page of this site: the one place to say how pages are fetched ahead. */
export function PageLink(props: ComponentProps<typeof Link>) {
  return <Link discover="none" {...props} />
}
