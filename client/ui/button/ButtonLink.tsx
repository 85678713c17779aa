import { PageLink, type PageLinkProps } from '../PageLink.tsx'
import { type ButtonLook, buttonClass } from './button-class.ts'

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ look, small, wide, className, ...rest }: PageLinkProps & ButtonLook) {
  return <PageLink {...rest} className={buttonClass({ look, small, wide }, className)} />
}
