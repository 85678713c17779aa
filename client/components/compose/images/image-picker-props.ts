import type { RefObject } from 'react'
import type { ErrorItem } from '../../../../worker/contract/error.ts'

/** What the picker and the list of images get from their form. */
export type ImagePickerProps = {
  /** The form's hidden field `images` with the uploaded images (form-images.ts). */
  imagesField: RefObject<HTMLTextAreaElement | null>
  /** Path under which the form's draft is stored. */
  path: string
  /** Errors of the last submission. */
  errors: readonly ErrorItem[]
}
