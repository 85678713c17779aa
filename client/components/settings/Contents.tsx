import { useHasScript } from '../../has-script.tsx'
import { SECTION_TITLES } from './section-titles.ts'

/** Links to the sections of the settings page. */
export function Contents() {
  // The section about shortcuts is shown with script alone.
  const scripted = useHasScript()
  const sections = Object.entries(SECTION_TITLES).filter(([id]) => scripted || id !== 'keyboard')
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
