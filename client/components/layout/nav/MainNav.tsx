import { Icon } from '../../../ui/icon/Icon.tsx'
import { PageLink } from '../../../ui/PageLink.tsx'
import type { NavItem } from './nav-items.ts'
import { UnreadCount, withUnread } from './UnreadCount.tsx'

type MainNavProps = {
  /** `rail`: beside the page, from 700 px. `bar`: at the bottom, below 700 px. */
  shape: 'rail' | 'bar'
  items: readonly NavItem[]
  current?: NavItem['key'] | undefined
}

/** The main navigation in one of its two shapes. Both are rendered; CSS shows the one for the window's width. */
export function MainNav({ shape, items, current }: MainNavProps) {
  return (
    <nav className={shape} aria-label="Main">
      {items.map(({ key, label, icon, to, primary, unread = 0 }) => (
        <PageLink
          key={key}
          to={to}
          className={primary ? 'primary' : undefined}
          aria-label={withUnread(label, unread)}
          aria-current={key === current ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{label}</span>
          <UnreadCount count={unread} />
        </PageLink>
      ))}
    </nav>
  )
}
