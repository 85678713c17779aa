import type { ErrorCode } from '../../../../worker/contract/error.ts'
import type { UploadedImage } from '../../../../worker/contract/image.ts'
import { IMAGE_MAX_BYTES, IMAGES_MAX } from '../../../../worker/contract/limits.ts'
import { type FormImage, readImages } from '../../../forms/form-images.ts'
import { tryLoadErrorMessages } from '../../../texts/lazy-error-messages.ts'
import { uploadImage } from './upload-image.ts'

/** An image of a form: being uploaded (`sent`), uploaded (`image`), or refused (`error`). */
export type Upload = {
  id: number
  alt: string
  /** URL of its preview. */
  src: string
  /** Missing if it comes from a draft. */
  file?: File | undefined
  image?: UploadedImage | undefined
  /** The part that was sent, 0 to 1. */
  sent?: number | undefined
  /** Why it was not uploaded, or can no longer be attached. */
  error?: ErrorCode | undefined
  abort?: () => void
}

/** Errors of the file itself: sending it again is of no use. */
const PERMANENT = new Set<ErrorCode | undefined>([
  'body_too_large',
  'image_type_unsupported',
  'image_damaged',
  'image_too_many_pixels',
])

/** Whether a refused image can be sent again; otherwise another file has to be chosen. */
export const canRetry = ({ file, error }: Upload): boolean => file !== undefined && !PERMANENT.has(error)

/** Returns until when an uploaded image can be attached, Unix time in ms. It is a part of the image's URL. */
export const deadlineOf = ({ url }: UploadedImage): number => Number(url.split('/')[4])

/** Returns why the server would refuse a file, as far as size and type say; the server looks at the content. */
function refusalOf({ size, type }: File): ErrorCode | undefined {
  if (size > IMAGE_MAX_BYTES) return 'body_too_large'
  // The type is empty if the system does not know it.
  return type === '' || /^image\/(?!svg)/.test(type) ? undefined : 'image_type_unsupported'
}

let lastId = 0
const newId = () => {
  lastId += 1
  return lastId
}

/** The images of a form, in order. They outlive the form: an upload goes on while its dialog or page is closed. */
export class Uploads {
  /** How many of the last added files were left out, since an activity may have no more images. */
  leftOutCount = 0
  #list: readonly Upload[] = []
  /** The images of the last submission, to restore them with their files. */
  #submitted: readonly Upload[] = []
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly list = (): readonly Upload[] => this.#list

  /** The uploaded images, as the form's field `images` has them. */
  get text(): string {
    const images = this.#list.flatMap(({ image, alt }): FormImage[] => (image ? [{ ...image, alt }] : []))
    return images.length > 0 ? JSON.stringify(images) : ''
  }

  /** Uploads files, as many as an activity may have. */
  add(files: readonly File[]): void {
    const added = files
      .slice(0, Math.max(0, IMAGES_MAX - this.#list.length))
      .map((file): Upload => ({ id: newId(), alt: '', src: URL.createObjectURL(file), file }))
    this.leftOutCount = files.length - added.length
    this.#set([...this.#list, ...added])
    for (const upload of added) void this.#send(upload)
  }

  /** Uploads a refused image again, or another `file` in its place. */
  retry(upload: Upload, file = upload.file): void {
    if (!file) return
    const src = file === upload.file ? upload.src : URL.createObjectURL(file)
    void this.#send({ ...upload, file, src })
  }

  remove({ id, src, image, error, abort }: Upload): void {
    abort?.()
    URL.revokeObjectURL(src)
    this.leftOutCount = 0
    this.#set(this.#list.filter((upload) => upload.id !== id))
    // Otherwise the server deletes it within the hour.
    if (image && !error) void fetch(`/api/images/${image.uuid}`, { method: 'DELETE' }).catch(() => {})
  }

  move({ id }: Upload, to: number): void {
    const moved = this.#list.filter((upload) => upload.id === id)
    this.#set(this.#list.filter((upload) => upload.id !== id).toSpliced(to, 0, ...moved))
  }

  describe({ id }: Upload, alt: string): void {
    this.#change(id, { alt })
  }

  /** Marks uploaded images that the server does not attach any more. */
  markUnattachable(error: ErrorCode, isUnattachable: (image: UploadedImage) => boolean): void {
    this.#set(
      this.#list.map((upload) => (upload.image && isUnattachable(upload.image) ? { ...upload, error } : upload)),
    )
  }

  /** Replaces the uploaded images by those in the text of a field `images`: of a draft, or of a failed submission. */
  restore(text: string): void {
    const known = [...this.#list, ...this.#submitted]
    const restored = readImages(text).map(({ alt, ...image }): Upload => {
      const upload = known.find((other) => other.image?.uuid === image.uuid)
      // The URL expires after an hour.
      const src = deadlineOf(image) > Date.now() ? image.url : image.placeholder
      return upload ? { ...upload, alt } : { id: newId(), alt, src, image }
    })
    this.#set([...restored, ...this.#list.filter(({ image }) => !image)])
  }

  /** Empties the list: the form was submitted. */
  clear(): void {
    for (const { src } of this.#submitted) URL.revokeObjectURL(src)
    this.#submitted = this.#list
    this.#set([])
  }

  async #send(upload: Upload): Promise<void> {
    const { id, file } = upload
    if (!file) return
    const running = new AbortController()
    this.#change(id, { ...upload, image: undefined, error: undefined, sent: 0, abort: () => running.abort() })
    const onProgress = (sent: number) => this.#change(id, { sent })
    const answer = refusalOf(file) ?? (await uploadImage(file, { signal: running.signal, onProgress }))
    if (typeof answer === 'string') await tryLoadErrorMessages()
    this.#change(id, { sent: undefined, ...(typeof answer === 'string' ? { error: answer } : { image: answer }) })
  }

  #change(id: number, changed: Partial<Upload>): void {
    this.#set(this.#list.map((upload) => (upload.id === id ? { ...upload, ...changed } : upload)))
  }

  #set(list: readonly Upload[]): void {
    this.#list = list
    for (const listener of this.#listeners) listener()
  }
}

const uploadsByPath = new Map<string, Uploads>()

/** Returns the images of the form whose draft is stored under a path. */
export function uploadsAt(path: string): Uploads {
  const uploads = uploadsByPath.get(path) ?? new Uploads()
  uploadsByPath.set(path, uploads)
  return uploads
}
