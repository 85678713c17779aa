import type { ComponentProps } from 'react'

export type PageLinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  /** A path of this site, from `paths`. */
  to: string
  /** Load a new document instead of navigating within the app. */
  reloadDocument?: boolean
}

/** Link to a page of this site. A plain `<a>`: one listener makes the router follow all of them (routing/links.ts). */
export function PageLink({ to, reloadDocument, ...rest }: PageLinkProps) {
  return <a href={to} data-document={reloadDocument || undefined} {...rest} />
}
