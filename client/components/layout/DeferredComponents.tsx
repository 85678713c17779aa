import { useEffect } from 'react'
import { offerDraftsOfClosedTabs } from '../../forms/drafts/closed-tab-drafts.ts'
import { LiveRegionAndShortcuts } from '../a11y/LiveRegionAndShortcuts.tsx'
import { ImageDialogOpener } from '../activity/image/ImageDialogOpener.tsx'
import { ActivityMenuOpener } from '../activity/menu/ActivityMenuOpener.tsx'
import { ShareSheetOpener } from '../activity/menu/ShareSheetOpener.tsx'
import { ComposeOpener } from '../compose/sheet/ComposeOpener.tsx'

/** Components that stay mounted across pages and are not needed before hydration: one chunk, loaded after it. */
export function DeferredComponents() {
  useEffect(() => void offerDraftsOfClosedTabs(), [])
  return (
    <>
      <LiveRegionAndShortcuts />
      <ActivityMenuOpener />
      <ShareSheetOpener />
      <ImageDialogOpener />
      <ComposeOpener />
    </>
  )
}
