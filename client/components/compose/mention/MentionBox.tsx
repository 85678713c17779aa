import { type ComponentProps, useImperativeHandle, useRef } from 'react'
import { useHandleCompletion } from './use-handle-completion.tsx'

type MentionBoxProps = Omit<ComponentProps<'textarea'>, 'onFocus' | 'onChange' | 'onSelect' | 'onBlur' | 'onKeyDown'>

/** A text box that completes @handles. Its role remains `textbox`, since a combobox has a single line. */
export function MentionBox({ ref, ...rest }: MentionBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLTextAreaElement, [])
  const { handlers, list } = useHandleCompletion(box, 'mention')
  return (
    <div className="mention-box">
      <textarea {...rest} {...handlers} ref={box} aria-autocomplete="list" />
      {list}
    </div>
  )
}
