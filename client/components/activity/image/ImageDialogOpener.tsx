import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useApi } from '../../../app-context.tsx'
import { cachedActivities } from '../../../queries/cache/cached-activities.ts'
import { isPlainClick } from '../../../routing/links.ts'
import type { ImageDialogProps } from './ImageDialog.tsx'
import { refreshImageUrls } from './refresh-image-urls.ts'

type OpenDialog = { activity: Activity; first: number; Dialog: (props: ImageDialogProps) => ReactNode }

/**
 * Shows the images of an activity in a dialog where one of them is pressed. One listener for all: an image is a plain link to its
 * page. The dialog is loaded when the first one opens; if that fails, the page opens. Also refreshes images that fail to load.
 */
export function ImageDialogOpener() {
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [open, setOpen] = useState<OpenDialog | null>(null)

  const onClick = useEffectEvent(async (event: MouseEvent) => {
    if (!(event.target instanceof Element) || !isPlainClick(event)) return
    const link = event.target.closest<HTMLAnchorElement>('.images > a')
    if (!link) return
    const uuid = link.closest('article')?.id
    const activity = [...cachedActivities(queries)].find((cached) => cached.uuid === uuid)
    if (!activity) return
    event.preventDefault()
    // Before the import: while the dialog loads, the link may get another address.
    const first = Number(link.pathname.split('/').at(-1)) - 1
    try {
      const { ImageDialog } = await import('./ImageDialog.tsx')
      setOpen({ activity, first, Dialog: ImageDialog })
    } catch {
      await navigate(link.pathname)
    }
  })

  const onError = useEffectEvent(({ target }: Event) => {
    if (!(target instanceof HTMLImageElement) || !target.matches('.images img')) return
    const uuid = target.closest('article')?.id
    // 410: the activity has ended too.
    if (uuid) void refreshImageUrls({ api, queries }, uuid).catch(() => {})
  })

  useEffect(() => {
    const click = (event: MouseEvent) => void onClick(event)
    const error = (event: Event) => onError(event)
    // Before the router follows the link; and errors of images do not bubble.
    document.addEventListener('click', click, { capture: true })
    document.addEventListener('error', error, { capture: true })
    return () => {
      document.removeEventListener('click', click, { capture: true })
      document.removeEventListener('error', error, { capture: true })
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes on a change of the path
  useEffect(() => setOpen(null), [pathname])

  if (!open) return null
  const { Dialog, activity, first } = open
  return <Dialog activity={activity} first={first} onClose={() => setOpen(null)} />
}
