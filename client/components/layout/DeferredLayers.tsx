import { useEffect } from 'react'
import { offerDraftsOfClosedTabs } from '../../forms/drafts/closed-tab-drafts.ts'
import { AccessibilityLayer } from '../a11y/AccessibilityLayer.tsx'
import { MenuLayer } from '../activity/menu/MenuLayer.tsx'
import { ShareLayer } from '../activity/menu/ShareLayer.tsx'
import { PhotoLayer } from '../activity/photo/PhotoLayer.tsx'
import { ComposeOpener } from '../compose/sheet/ComposeOpener.tsx'

/** What stays mounted across pages but is not needed before hydration: one chunk, loaded after it. */
export function DeferredLayers() {
  useEffect(() => void offerDraftsOfClosedTabs(), [])
  return (
    <>
      <AccessibilityLayer />
      <MenuLayer />
      <ShareLayer />
      <PhotoLayer />
      <ComposeOpener />
    </>
  )
}
