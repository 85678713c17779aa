import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useState } from 'react'
import type { User } from '../../../../worker/contract/user.ts'
import { type Mention, mentionAt } from './mention-at.ts'
import { UnreachedWarning } from './UnreachedWarning.tsx'
import { UserOptions } from './UserOptions.tsx'
import { useCompletion } from './use-completion.ts'

/** Event handlers of the completion, which the text box calls. */
export type CompletionHandle = {
  /** The caret has moved. `isTyping`: because the text has changed. */
  onCaretMove(isTyping: boolean): void
  /** A key was pressed. Stops the propagation of a key that the completion handles. */
  onKeyDown(event: KeyboardEvent): void
  close(): void
}

/** What a box takes: mentions within a text, or one recipient; picking that one submits the form. */
export type CompletionKind = 'mention' | 'recipient'

type Box = HTMLInputElement | HTMLTextAreaElement
type CompletionProps = { box: Box; kind: CompletionKind; ref: Ref<CompletionHandle> }

/**
 * Completes the handle that is being typed in `box`, and warns of mentioned users who will not see it. Lazy-loaded when the box
 * first gets the focus.
 */
export function Completion({ box, kind, ref }: CompletionProps) {
  const find = kind === 'mention' ? mentionIn : recipientIn
  const listId = useId()
  // The user may have typed a mention while this was loading.
  const [mention, setMention] = useState<Mention | null>(() => find(box))
  const [choice, setChoice] = useState(0)
  const users = useCompletion(mention?.prefix)
  const isOpen = users.length > 0
  const chosen = users[choice] ?? users[0]
  const close = () => setMention(null)

  const onCaretMove = (isTyping: boolean) => {
    if (!isTyping && !mention) return
    const found = find(box)
    if (found?.prefix !== mention?.prefix) setChoice(0)
    setMention(found)
  }

  const complete = ({ handle }: User) => {
    if (!mention) return
    const { start, end } = mention
    box.focus()
    box.setSelectionRange(start, box.value[end] === ' ' ? end + 1 : end)
    insert(box, kind === 'mention' ? `@${handle} ` : `@${handle}`)
    close()
    if (kind === 'recipient') box.form?.requestSubmit()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || !chosen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const index = users.indexOf(chosen)
    if (event.key === 'ArrowDown') setChoice((index + 1) % users.length)
    else if (event.key === 'ArrowUp') setChoice((index + users.length - 1) % users.length)
    else if (event.key === 'Escape') close()
    // A handle that is typed in full needs no completion: the key keeps its default.
    else if (accepts(event, kind) && chosen.handle !== mention?.prefix) complete(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  useImperativeHandle(ref, () => ({ onCaretMove, onKeyDown, close }))

  const active = isOpen && chosen ? `${listId}-${chosen.handle}` : null
  useEffect(() => {
    setOrRemove(box, 'aria-controls', active && listId)
    setOrRemove(box, 'aria-activedescendant', active)
    if (box.role === 'combobox') box.setAttribute('aria-expanded', String(active !== null))
  }, [box, active, listId])

  return (
    <>
      <UserOptions id={listId} users={users} chosen={chosen} onPick={complete} />
      {box instanceof HTMLTextAreaElement && <UnreachedWarning box={box} />}
    </>
  )
}

/** Whether a key accepts the chosen user. Tab does in a text, as in editors; in a field for one user it moves on. */
const accepts = ({ key, shiftKey }: KeyboardEvent, kind: CompletionKind) =>
  (key === 'Enter' || (key === 'Tab' && kind === 'mention')) && !shiftKey

const mentionIn = ({ value, selectionStart, selectionEnd }: Box): Mention | null =>
  selectionStart !== null && selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null

function recipientIn({ value }: Box): Mention | null {
  const prefix = value.trim().replace(/^@/, '').toLowerCase()
  return prefix ? { prefix, start: 0, end: value.length } : null
}

function setOrRemove(element: Element, name: string, value: string | null): void {
  if (value) element.setAttribute(name, value)
  else element.removeAttribute(name)
}

/** Replaces the selection with a text, as typing does, so that the user can undo it. */
function insert(box: Box, text: string): void {
  // Deprecated, but the only way that keeps the browser's undo history.
  if (document.execCommand('insertText', false, text)) return
  box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
