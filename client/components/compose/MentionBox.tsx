import { type ComponentProps, type KeyboardEvent, useId, useImperativeHandle, useRef, useState } from 'react'
import type { User } from '../../../worker/contract/user.ts'
import { type Mention, mentionAt } from './mention-at.ts'
import { PeopleOptions } from './PeopleOptions.tsx'
import { useCompletion } from './use-completion.ts'

/**
 * A text box that completes @handles while they are typed: arrows choose, Enter or Tab takes, Escape closes; a tap takes
 * too. Without script it is a text box. It stays a text box for assistive tech as well: a combobox has a single line.
 */
export function MentionBox({ ref, onChange, onSelect, onBlur, onKeyDown, ...rest }: ComponentProps<'textarea'>) {
  const listId = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLTextAreaElement, [])
  const [mention, setMention] = useState<Mention | null>(null)
  const [choice, setChoice] = useState(0)
  const people = useCompletion(mention?.prefix)
  const isOpen = people.length > 0
  const chosen = people[choice] ?? people[0]

  const look = (isTyping: boolean) => {
    if (!box.current || !(isTyping || mention)) return
    const { value, selectionStart, selectionEnd } = box.current
    const found = selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null
    if (found?.prefix !== mention?.prefix) setChoice(0)
    setMention(found)
  }

  const take = ({ handle }: User) => {
    if (!box.current || !mention) return
    const { start, end } = mention
    box.current.focus()
    box.current.setSelectionRange(start, box.current.value[end] === ' ' ? end + 1 : end)
    insert(box.current, `@${handle} `)
    setMention(null)
  }

  const steer = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!isOpen || !chosen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const at = people.indexOf(chosen)
    if (event.key === 'ArrowDown') setChoice((at + 1) % people.length)
    else if (event.key === 'ArrowUp') setChoice((at + people.length - 1) % people.length)
    else if (event.key === 'Escape') setMention(null)
    // A handle that stands there in full needs no completing: the key means what it always does.
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen.handle !== mention?.prefix)
      take(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="mention-box">
      <textarea
        {...rest}
        ref={box}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && chosen ? `${listId}-${chosen.handle}` : undefined}
        onChange={(event) => {
          onChange?.(event)
          look(true)
        }}
        onSelect={(event) => {
          onSelect?.(event)
          look(false)
        }}
        onBlur={(event) => {
          onBlur?.(event)
          setMention(null)
        }}
        onKeyDown={(event) => {
          steer(event)
          if (!event.isPropagationStopped()) onKeyDown?.(event)
        }}
      />
      <PeopleOptions id={listId} people={people} chosen={chosen} onTake={take} />
    </div>
  )
}

/** Types a text in place of what is selected, as a person would: it can be undone. */
function insert(box: HTMLTextAreaElement, text: string): void {
  // Marked as outdated, but the one way that keeps the browser's undo.
  if (document.execCommand('insertText', false, text)) return
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
