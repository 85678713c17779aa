import { type ComponentType, useContext, useEffect, useRef, useState } from 'react'
import type { FormFailure } from '../../../forms/form.ts'
import { hasPlainImages } from '../../../forms/form-images.ts'
import type { ImagePickerProps } from './image-picker-props.ts'
import { PlainImageFieldsContext } from './plain-image-fields-context.ts'

type ImageFieldsProps = Omit<ImagePickerProps, 'box'> & { failure: FormFailure | undefined }

/** The picker, once its code was loaded. */
let LoadedPicker: ComponentType<ImagePickerProps> | undefined

/**
 * Adds images to a form: with fields that work without script, whose files the form's action uploads, and after hydration with a
 * picker that uploads at once. The former stay if they are used by then, or if the picker's code fails to load.
 */
export function ImageFields({ path, errors, failure }: ImageFieldsProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const Plain = useContext(PlainImageFieldsContext)
  const [Picker, setPicker] = useState(() => LoadedPicker)
  useEffect(() => {
    const showPicker = ({ ImagePicker }: { ImagePicker: ComponentType<ImagePickerProps> }) => {
      LoadedPicker = ImagePicker
      const form = box.current?.form
      if (form && !hasPlainImages(new FormData(form))) setPicker(() => ImagePicker)
    }
    // Always true here. The Worker, whose bundle defines `document` as undefined, does without the code of uploads.
    if (typeof document !== 'undefined') void import('./ImagePicker.tsx').then(showPicker, () => {})
  }, [])
  // Hydration keeps the HTML in an element whose content is set like this, so the browser needs no code for these fields.
  const content = Plain
    ? { children: <Plain values={failure?.values} errors={errors} /> }
    : { dangerouslySetInnerHTML: { __html: '' } }
  return (
    <>
      <textarea hidden ref={box} name="images" defaultValue={failure?.values.images} />
      {Picker ? (
        <Picker box={box} path={path} errors={errors} />
      ) : (
        <div className="plain-images" suppressHydrationWarning {...content} />
      )}
    </>
  )
}
