import { useEffect } from 'react'
import { offerDraftsOfClosedTabs } from '../../forms/closed-tab-drafts.ts'
import { AccessibilityLayer } from '../a11y/AccessibilityLayer.tsx'
import { ImageDialogOpener } from '../activity/image/ImageDialogOpener.tsx'
import { MenuLayer } from '../activity/menu/MenuLayer.tsx'
import { ShareLayer } from '../activity/menu/ShareLayer.tsx'
import { ComposeOpener } from '../compose/sheet/ComposeOpener.tsx'

/** What stays mounted across pages but is not needed before hydration: one chunk, loaded after it. */
export function DeferredLayers() {
  useEffect(() => void offerDraftsOfClosedTabs(), [])
  return (
    <>
      <AccessibilityLayer />
      <MenuLayer />
      <ShareLayer />
      <ImageDialogOpener />
      <ComposeOpener />
    </>
  )
}
