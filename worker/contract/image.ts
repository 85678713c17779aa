import * as z from 'zod/mini'
import { ALT_MAX, IMAGES_MAX } from './limits.ts'
import { text } from './text.ts'

const size = { width: z.number(), height: z.number() }

/** An image as an activity stores it. */
export const storedImage = z.object({ uuid: z.string(), ...size, alt: z.string(), placeholder: z.string() })
export type StoredImage = z.infer<typeof storedImage>

/** An image of an activity. `url` ends with the activity or after two hours at most; `placeholder` is a data URI. */
export const image = z.object({ url: z.string(), ...size, alt: z.string(), placeholder: z.string() })
image.register(z.globalRegistry, { id: 'image' })
export type Image = z.infer<typeof image>

/** An image that was just uploaded. */
export const uploadedImage = z.object({ uuid: z.string(), ...size, placeholder: z.string(), url: z.string() })
uploadedImage.register(z.globalRegistry, { id: 'uploaded_image' })
export type UploadedImage = z.infer<typeof uploadedImage>

/** Images to attach to a new activity, by the uuid of their upload. `alt` may be empty only if the author's `alt_required` is off. */
export const attachedImages = z
  .array(
    z.object({
      uuid: z.uuid({ error: 'image_unknown' }),
      alt: z._default(text({ tooLong: 'alt_exceed_max_chars', invalid: 'alt_invalid', max: ALT_MAX }), ''),
    }),
  )
  .check(z.maxLength(IMAGES_MAX, { error: 'images_too_many' }))
export type AttachedImage = { uuid: string; alt: string }
