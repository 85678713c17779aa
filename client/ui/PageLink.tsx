import type { ComponentProps } from 'react'

export type PageLinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  /** An address of this site, from `paths`. */
  to: string
  /** Leave the running app: the browser fetches a whole document. */
  reloadDocument?: boolean
}

/** A link to a page of this site. A plain one: script follows all of them from one place (lib/links.ts). */
export function PageLink({ to, reloadDocument, ...rest }: PageLinkProps) {
  return <a href={to} data-document={reloadDocument || undefined} {...rest} />
}
