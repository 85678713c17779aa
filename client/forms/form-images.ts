import type { UploadedImage } from '../../worker/contract/image.ts'
import { field } from './field.ts'

/** An uploaded image with its alt text. A form's field `images` has a list of them, as JSON. */
export type FormImage = UploadedImage & { alt: string }

/** Returns the images in the text of a field `images`; none if it is malformed. */
export function readImages(text = '[]'): FormImage[] {
  try {
    const images: (FormImage | null)[] = JSON.parse(text)
    return images.filter((image) => image !== null)
  } catch {
    return []
  }
}

/** Returns the uploaded images of a form. */
export const imagesIn = (form: FormData): FormImage[] => readImages(field(form, 'images'))

/** Joins two texts of fields `images`. */
export function joinImages(one: string, other: string): string {
  const images = [...readImages(one), ...readImages(other)]
  return images[0] ? JSON.stringify(images) : ''
}

/** Names of the fields without script (PlainImageFields). */
export const PLAIN_FIELD_NAME = /^(?:file|alt|remove)_/

/** Whether the fields without script were used. */
export const hasPlainImages = (form: FormData): boolean =>
  [...form].some(([name, value]) => PLAIN_FIELD_NAME.test(name) && (typeof value === 'string' ? value : value.size))
