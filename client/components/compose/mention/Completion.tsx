import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useState } from 'react'
import type { User } from '../../../../worker/contract/user.ts'
import { type Mention, mentionAt } from './mention-at.ts'
import { UserOptions } from './UserOptions.tsx'
import { useCompletion } from './use-completion.ts'

/** What the text box tells its completion of. */
export type CompletionHandle = {
  /** The caret has moved; `isTyping`: by a change of the text. */
  look(isTyping: boolean): void
  /** A key was pressed. One that the completion takes goes no further. */
  steer(event: KeyboardEvent): void
  close(): void
}

/** Completes the @handle that is being typed in `box`. It is loaded when the box first gets the focus. */
export function Completion({ box, ref }: { box: HTMLTextAreaElement; ref: Ref<CompletionHandle> }) {
  const listId = useId()
  // Something may have been typed while this was on its way.
  const [mention, setMention] = useState<Mention | null>(() => mentionIn(box))
  const [choice, setChoice] = useState(0)
  const people = useCompletion(mention?.prefix)
  const isOpen = people.length > 0
  const chosen = people[choice] ?? people[0]
  const close = () => setMention(null)

  const look = (isTyping: boolean) => {
    if (!isTyping && !mention) return
    const found = mentionIn(box)
    if (found?.prefix !== mention?.prefix) setChoice(0)
    setMention(found)
  }

  const take = ({ handle }: User) => {
    if (!mention) return
    const { start, end } = mention
    box.focus()
    box.setSelectionRange(start, box.value[end] === ' ' ? end + 1 : end)
    insert(box, `@${handle} `)
    close()
  }

  const steer = (event: KeyboardEvent) => {
    if (!isOpen || !chosen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const at = people.indexOf(chosen)
    if (event.key === 'ArrowDown') setChoice((at + 1) % people.length)
    else if (event.key === 'ArrowUp') setChoice((at + people.length - 1) % people.length)
    else if (event.key === 'Escape') close()
    // A handle that stands there in full needs no completing: the key means what it always does.
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen.handle !== mention?.prefix)
      take(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  useImperativeHandle(ref, () => ({ look, steer, close }))

  const active = isOpen && chosen ? `${listId}-${chosen.handle}` : null
  useEffect(() => {
    setOrRemove(box, 'aria-controls', active && listId)
    setOrRemove(box, 'aria-activedescendant', active)
  }, [box, active, listId])

  return <UserOptions id={listId} people={people} chosen={chosen} onTake={take} />
}

const mentionIn = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Mention | null =>
  selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null

function setOrRemove(element: Element, name: string, value: string | null): void {
  if (value) element.setAttribute(name, value)
  else element.removeAttribute(name)
}

/** Types a text in place of what is selected, as a person would: it can be undone. */
function insert(box: HTMLTextAreaElement, text: string): void {
  // Marked as outdated, but the one way that keeps the browser's undo.
  if (document.execCommand('insertText', false, text)) return
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
