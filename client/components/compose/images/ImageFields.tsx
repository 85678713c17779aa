import { type ComponentType, useContext, useEffect, useRef, useState } from 'react'
import type { FormFailure } from '../../../forms/form.ts'
import { hasPlainImages } from '../../../forms/form-images.ts'
import type { ImagePickerProps } from './image-picker-props.ts'
import { PlainImageFieldsContext } from './plain-image-fields-context.ts'

type ImageFieldsProps = Omit<ImagePickerProps, 'imagesField'> & { failure: FormFailure | undefined }

/** The picker, once its code is loaded. */
let LoadedPicker: ComponentType<ImagePickerProps> | undefined

/**
 * Inputs that add images to a form. Without script they are plain file fields, whose files the form's action uploads. After hydration
 * a picker replaces them, which uploads at once; they stay if they were used by then, or if the picker's code fails to load.
 */
export function ImageFields({ path, errors, failure }: ImageFieldsProps) {
  const imagesField = useRef<HTMLTextAreaElement>(null)
  const Plain = useContext(PlainImageFieldsContext)
  const [Picker, setPicker] = useState(() => LoadedPicker)
  useEffect(() => {
    const showPicker = ({ ImagePicker }: { ImagePicker: ComponentType<ImagePickerProps> }) => {
      LoadedPicker = ImagePicker
      const form = imagesField.current?.form
      if (form && !hasPlainImages(new FormData(form))) setPicker(() => ImagePicker)
    }
    // Always true in an effect. A branch, so that the Worker's bundle leaves the picker out (lazy-component.tsx).
    if (typeof document !== 'undefined') void import('./ImagePicker.tsx').then(showPicker, () => {})
  }, [])
  // Hydration keeps the HTML in an element whose content is set like this, so the browser needs no code for these fields.
  const content = Plain
    ? { children: <Plain values={failure?.values} errors={errors} /> }
    : { dangerouslySetInnerHTML: { __html: '' } }
  return (
    <>
      <textarea hidden ref={imagesField} name="images" defaultValue={failure?.values.images} />
      {Picker ? (
        <Picker imagesField={imagesField} path={path} errors={errors} />
      ) : (
        <div className="plain-images" suppressHydrationWarning {...content} />
      )}
    </>
  )
}
