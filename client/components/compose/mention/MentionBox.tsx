import { type ComponentProps, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Completion, CompletionHandle } from './Completion.tsx'

/**
 * A text box that completes @handles while they are typed: arrows choose, Enter or Tab takes, Escape closes; a tap takes
 * too. Without script it is a text box. It stays a text box for assistive tech as well: a combobox has a single line.
 */
export function MentionBox({
  ref,
  onChange,
  onSelect,
  onFocus,
  onBlur,
  onKeyDown,
  ...rest
}: ComponentProps<'textarea'>) {
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLTextAreaElement, [])
  const completion = useRef<CompletionHandle>(null)
  const [loaded, setLoaded] = useState<typeof Completion | null>(null)

  // Should it not arrive, the box is a text box.
  const load = () =>
    void import('./Completion.tsx').then((module) => setLoaded(() => module.Completion)).catch(() => {})
  // The reader may have been here before the app was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (document.activeElement === box.current) load()
  }, [])

  const Loaded = loaded
  return (
    <div className="mention-box">
      <textarea
        {...rest}
        ref={box}
        aria-autocomplete="list"
        onFocus={(event) => {
          onFocus?.(event)
          load()
        }}
        onChange={(event) => {
          onChange?.(event)
          completion.current?.look(true)
        }}
        onSelect={(event) => {
          onSelect?.(event)
          completion.current?.look(false)
        }}
        onBlur={(event) => {
          onBlur?.(event)
          completion.current?.close()
        }}
        onKeyDown={(event) => {
          completion.current?.steer(event)
          if (!event.isPropagationStopped()) onKeyDown?.(event)
        }}
      />
      {Loaded && box.current && <Loaded box={box.current} ref={completion} />}
    </div>
  )
}
