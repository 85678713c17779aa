import { type ComponentProps, useRef } from 'react'
import { useHandleCompletion } from './use-handle-completion.tsx'

type MentionBoxProps = Omit<
  ComponentProps<'textarea'>,
  'ref' | 'onFocus' | 'onChange' | 'onSelect' | 'onBlur' | 'onKeyDown'
>

/** A text box that completes @handles. Its role remains `textbox`, since a combobox has a single line. */
export function MentionBox(props: MentionBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const { handlers, list } = useHandleCompletion(box, 'mention')
  return (
    <div className="mention-box">
      <textarea {...props} {...handlers} ref={box} aria-autocomplete="list" />
      {list}
    </div>
  )
}
