import { Fragment, type RefObject } from 'react'
import { Button } from '../../ui/button/Button.tsx'
import { SHORTCUTS } from './shortcuts.ts'
import { trapTab } from './trap-tab.ts'

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
      </div>
    </dialog>
  )
}
