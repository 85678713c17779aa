import { type RefObject, useEffect } from 'react'
import type { Uploads } from './uploads.ts'

/** Synchronizes a form's field `images` with the list of its uploads, also when a draft is restored or the form is reset. */
export function useImagesField(imagesField: RefObject<HTMLTextAreaElement | null>, uploads: Uploads): void {
  useEffect(() => {
    const field = imagesField.current
    const form = field?.form
    if (!field || !form) return
    const write = () => {
      if (field.value === uploads.text) return
      field.value = uploads.text
      // Saves the draft.
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const restore = () => {
      if (field.value !== uploads.text) uploads.restore(field.value)
    }
    const empty = () => {
      // Fires no `input` event: the draft keeps the images until the server has accepted them.
      field.value = ''
      uploads.clear()
    }
    // Uploads of this page are newer than its draft.
    if (uploads.list().length > 0) write()
    else restore()
    const unsubscribe = uploads.subscribe(write)
    field.addEventListener('input', restore)
    form.addEventListener('reset', empty)
    return () => {
      unsubscribe()
      field.removeEventListener('input', restore)
      form.removeEventListener('reset', empty)
    }
  }, [imagesField, uploads])
}
