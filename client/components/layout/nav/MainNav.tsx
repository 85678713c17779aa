import type { MouseEvent } from 'react'
import { icon } from '../../../ui/icon/icon.tsx'
import type { NavItem } from './nav-items.ts'
import { unreadCount, withUnread } from './unread-count.tsx'

type MainNavProps = {
  /** `rail`: beside the page, from 700 px. Below: `bar` at the bottom, and `popup`, which the avatar opens. */
  shape: 'rail' | 'bar' | 'popup'
  items: readonly NavItem[]
  current?: NavItem['key'] | undefined
}

/** The main navigation in one of its shapes. All are rendered; CSS shows those for the window's width. */
export function MainNav({ shape, items, current }: MainNavProps) {
  // A popover needs no script to open and close. With script, a link is followed within the page, so close it then.
  const popover = shape === 'popup' && { id: shape, popover: 'auto' as const, onClick: closePopover }
  return (
    <nav className={shape} aria-label={popover ? 'More' : 'Main'} {...popover}>
      {items.map(({ key, label, icon: name, to, primary, unread = 0 }) => (
        <a
          key={key}
          href={to}
          className={primary ? 'primary' : undefined}
          aria-label={withUnread(label, unread)}
          aria-current={key === current ? 'page' : undefined}
        >
          {icon(name)}
          <span>{label}</span>
          {unreadCount(unread)}
        </a>
      ))}
    </nav>
  )
}

const closePopover = ({ currentTarget }: MouseEvent<HTMLElement>) => currentTarget.hidePopover()
