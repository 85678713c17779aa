import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Activity } from '../../../../worker/contract/activity.ts'
import { useApi } from '../../../app-context.tsx'
import { cachedActivities } from '../../../queries/cache/cached-activities.ts'
import { isPlainClick } from '../../../routing/links.ts'
import type { ImageDialogProps } from './ImageDialog.tsx'
import { refreshImageUrls } from './refresh-image-urls.ts'

type OpenDialog = {
  /** Path of the page that it was opened on. */
  pathname: string
  activity: Activity
  initialIndex: number
  Dialog: (props: ImageDialogProps) => ReactNode
}

/**
 * Opens the dialog with an activity's images when one of them is clicked on its card. One listener for all cards, whose images are
 * plain links to their pages. Loads the dialog on the first click; if that fails, the page opens. Also renews the URLs of images
 * that fail to load, on cards, in the dialog and on an image's page.
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
    // Read before the import: while the dialog loads, React may give the element another link.
    const { pathname: imagePath } = link
    const initialIndex = Number(imagePath.split('/').at(-1)) - 1
    try {
      const { ImageDialog } = await import('./ImageDialog.tsx')
      setOpen({ pathname, activity, initialIndex, Dialog: ImageDialog })
    } catch {
      await navigate(imagePath)
    }
  })

  const onError = useEffectEvent(async ({ target }: Event) => {
    if (!(target instanceof HTMLImageElement) || !target.matches('.images img, .full-image img, .image-row img')) return
    // The dialog is outside the articles.
    const uuid = target.closest('article')?.id ?? open?.activity.uuid
    if (!uuid) return
    try {
      const images = await refreshImageUrls({ api, queries }, uuid)
      setOpen((shown) =>
        shown?.activity.uuid === uuid ? { ...shown, activity: { ...shown.activity, images } } : shown,
      )
    } catch {
      // The activity has expired (410), or the API is out of reach.
    }
  })

  useEffect(() => {
    const click = (event: MouseEvent) => void onClick(event)
    const error = (event: Event) => void onError(event)
    // `capture` runs before the router follows the link. For errors it is needed, since those of images do not bubble.
    document.addEventListener('click', click, { capture: true })
    document.addEventListener('error', error, { capture: true })
    return () => {
      document.removeEventListener('click', click, { capture: true })
      document.removeEventListener('error', error, { capture: true })
    }
  }, [])

  // Another page is shown.
  if (open && open.pathname !== pathname) setOpen(null)
  if (open?.pathname !== pathname) return null
  const { Dialog, activity, initialIndex } = open
  return <Dialog activity={activity} initialIndex={initialIndex} onClose={() => setOpen(null)} />
}
