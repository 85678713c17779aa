import { useId } from 'react'
import { IMAGES_MAX } from '../../../../worker/contract/limits.ts'
import { readImages } from '../../../forms/form-images.ts'
import { ErrorText } from '../../../ui/form/ErrorText.tsx'
import { AltHint } from './AltHint.tsx'
import { ImageIcon } from './ImageIcon.tsx'
import { IMAGE_TYPES, imageSentence } from './image-sentence.ts'
import type { PlainImageFieldsProps } from './plain-image-fields-context.ts'

const SLOTS = Array.from({ length: IMAGES_MAX }, (_, i) => i)

/** URLs of uploaded images. Checked, since the field could have been changed to lead elsewhere. */
const UPLOADED = /^\/media\/images\/[\w/-]+$/

/**
 * Fields for images that work without script: a file and an alt text for each (`file_0`, `alt_0` and so on). After a refusal, shows
 * the images that were uploaded already, each with a checkbox that removes it (`remove_0`). Folded until its button, a checkbox, is checked.
 */
export function PlainImageFields({ values = {}, errors }: PlainImageFieldsProps) {
  const id = useId()
  const images = readImages(values.images)
  const errorOf = (i: number) => {
    const fields = [`file_${i}`, `images.${i}.alt`]
    if (images[i] && !images[i].alt) fields.push('images')
    return errors.find(({ field = '' }) => fields.includes(field))
  }
  return (
    <>
      <label className="image-button" title="Add pictures">
        <input
          type="checkbox"
          className="visually-hidden"
          aria-label="Add pictures"
          defaultChecked={images.length > 0 || SLOTS.some(errorOf)}
        />
        <ImageIcon />
      </label>
      <div className="image-panel">
        {SLOTS.map((i) => {
          const image = images[i]
          const error = errorOf(i)
          const describedBy = [error && `${id}-${i}`, `${id}-hint`].filter(Boolean).join(' ')
          return (
            <div key={i} className="image-slot field">
              {image ? (
                <>
                  {UPLOADED.test(image.url) && <img src={image.url} alt="" />}
                  <label className="choices">
                    <input type="checkbox" name={`remove_${i}`} />
                    Remove picture {i + 1}
                  </label>
                </>
              ) : (
                <>
                  <label htmlFor={`${id}-file-${i}`}>Picture {i + 1}</label>
                  <input
                    id={`${id}-file-${i}`}
                    type="file"
                    name={`file_${i}`}
                    accept={IMAGE_TYPES}
                    aria-invalid={error ? true : undefined}
                    aria-describedby={describedBy}
                  />
                </>
              )}
              {error && <ErrorText id={`${id}-${i}`}>{imageSentence(error.code)}</ErrorText>}
              <textarea
                name={`alt_${i}`}
                rows={1}
                dir="auto"
                aria-label={`Description of picture ${i + 1}`}
                aria-describedby={describedBy}
                placeholder="What does it show?"
                defaultValue={image?.alt ?? values[`alt_${i}`]}
              />
            </div>
          )
        })}
        <AltHint id={`${id}-hint`} />
      </div>
    </>
  )
}
