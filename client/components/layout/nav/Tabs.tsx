export type Tab = { label: string; to: string; current: boolean }

/** Links between the views of one page. `label` is the accessible name. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ label: name, to, current }) => (
        <a key={to} href={to} aria-current={current ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  )
}
