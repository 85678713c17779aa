import { Fragment, type RefObject } from 'react'
import { Button } from '../../ui/button/Button.tsx'
import { SHORTCUTS } from './shortcuts.ts'
import { trapTab } from './trap-tab.ts'

/** Keys of the forms themselves, which work with shortcuts off too. */
const FORM_KEYS = [
  ['Ctrl or ⌘ Enter', 'Send'],
  ['Ctrl or ⌘ V', 'Add a picture that was copied'],
  ['Alt ↑ or ↓', 'Move a picture, in its description'],
] as const

type ShortcutSheetProps = {
  ref: RefObject<HTMLDialogElement | null>
  enabled: boolean
  onToggle: (enabled: boolean) => void
}

/** Dialog that lists all shortcuts, with a checkbox that disables them. */
export function ShortcutSheet({ ref, enabled, onToggle }: ShortcutSheetProps) {
  return (
    <dialog ref={ref} className="shortcut-sheet" aria-labelledby="sheet-title" closedby="any" onKeyDown={trapTab}>
      <form method="dialog">
        <h2 id="sheet-title">Keyboard shortcuts</h2>
        <Button look="quiet" small>
          Close
        </Button>
      </form>
      <label>
        <input type="checkbox" checked={enabled} onChange={({ target }) => onToggle(target.checked)} />
        Shortcuts are on
      </label>
      <div>
        {SHORTCUTS.map(({ title, shortcuts }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.split(' ').map((key, i) => (
                      <Fragment key={key}>
                        {i > 0 && ' then '}
                        <kbd>{key}</kbd>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="In a form">
          <h3>In a form</h3>
          <dl>
            {FORM_KEYS.map(([keys, label]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <kbd>{keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </dialog>
  )
}
