import { PageLink, type PageLinkProps } from '../PageLink.tsx'
import { type ButtonLook, buttonClass } from './button-class.ts'

/** Link that looks like a button. */
export function ButtonLink({ look, small, wide, className, ...rest }: PageLinkProps & ButtonLook) {
  return <PageLink {...rest} className={buttonClass({ look, small, wide }, className)} />
}
