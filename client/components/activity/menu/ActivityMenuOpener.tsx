import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffectEvent, useLayoutEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useViewer } from '../../../app-context.tsx'
import { cachedActivities } from '../../../queries/cache/cached-activities.ts'
import { isPlainClick } from '../../../routing/links.ts'
import type { ActivityMenuProps } from './ActivityMenu.tsx'

type OpenMenu = {
  /** Key of the history entry that it was opened on. */
  key: string
  activity: Activity
  button: HTMLElement
  Menu: (props: ActivityMenuProps) => ReactNode
}

/**
 * Opens the menu of an activity when its More link is clicked. One listener for all cards: the link is a plain one, which without
 * script opens the menu's page. Loads the menu on the first click.
 */
export function ActivityMenuOpener() {
  const queries = useQueryClient()
  const viewer = useViewer()
  const navigate = useNavigate()
  const { key } = useLocation()
  const [open, setOpen] = useState<OpenMenu | null>(null)

  const onClick = useEffectEvent(async (event: MouseEvent) => {
    if (!(event.target instanceof Element) || !isPlainClick(event)) return
    const button = event.target.closest<HTMLAnchorElement>('a.action.more')
    const uuid = button?.closest('article')?.id
    const activity = [...cachedActivities(queries)].find((cached) => cached.uuid === uuid)
    if (!button || !activity) return
    event.preventDefault()
    try {
      const { ActivityMenu } = await import('./ActivityMenu.tsx')
      setOpen({ key, activity, button, Menu: ActivityMenu })
    } catch {
      await navigate(button.pathname)
    }
  })

  useLayoutEffect(() => {
    const listen = (event: MouseEvent) => void onClick(event)
    // `capture` runs before the router follows the link.
    document.addEventListener('click', listen, { capture: true })
    return () => document.removeEventListener('click', listen, { capture: true })
  }, [])

  // Another page is shown, as after Back.
  if (open && open.key !== key) setOpen(null)
  if (open?.key !== key || !viewer) return null
  const { Menu, activity, button } = open
  return <Menu activity={activity} viewer={viewer} button={button} onClose={() => setOpen(null)} />
}
