import { Link, type LinkProps } from 'react-router'

/** A link to a page of this site: the one place to say how pages are fetched ahead. */
export function PageLink(props: LinkProps) {
  return <Link discover="none" {...props} />
}
