import { useHasScript } from '../../has-script.tsx'
import { SECTION_TITLES } from './section-titles.ts'

/** Links to the sections of the settings page. `hasPush`: the page has the one about push notifications. */
export function Contents({ hasPush }: { hasPush: boolean }) {
  // The section about shortcuts is shown with script alone.
  const scripted = useHasScript()
  const isShown = (id: string) => (id === 'keyboard' ? scripted : id !== 'push' || hasPush)
  const sections = Object.entries(SECTION_TITLES).filter(([id]) => isShown(id))
  return (
    <nav className="settings-contents" aria-label="On this page">
      <ul>
        {sections.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
