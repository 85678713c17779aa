import { Tabs } from '../components/layout/nav/Tabs.tsx'
import { SKELETONS } from '../components/layout/page/Skeleton.tsx'
import { ButtonLink } from '../ui/button/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MoreLink } from '../ui/MoreLink.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { StatusLine } from '../ui/StatusLine.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { Section, Specimen } from './Specimen.tsx'

const HERE = '/styleguide'
const TABS = ['Following', 'Everyone', 'Last light'].map((label, i) => ({
  label,
  to: `${HERE}?${i}`,
  current: i === 0,
}))
const pagination = { cursor: 'x', load: () => {}, loading: false, failed: false }

/** Titles, tabs and links. */
export function Navigation() {
  return (
    <Section title="Navigation">
      <div className="block">
        <Specimen name="title">
          <PageTitle>Notifications</PageTitle>
        </Specimen>
        <Specimen name="title with a back link, hover" as="hover">
          <PageTitle back={HERE}>Crud</PageTitle>
        </Specimen>
        <Specimen name="tabs">
          <Tabs label="Feeds" tabs={TABS} />
        </Specimen>
        <Specimen name="tabs, focus" as="focus">
          <Tabs label="Feeds" tabs={TABS} />
        </Specimen>
        <Specimen name="a link, and visually hidden text">
          <a href={HERE}>See what’s burning now</a> <VisuallyHidden>This is heard.</VisuallyHidden>
        </Specimen>
        <Specimen name="more">
          <MoreLink to={HERE}>Older cruds</MoreLink>
        </Specimen>
        <Specimen name="more, loading">
          <MoreLink to={HERE} pagination={{ ...pagination, loading: true }}>
            Older cruds
          </MoreLink>
        </Specimen>
        <Specimen name="more, failed">
          <MoreLink to={HERE} pagination={{ ...pagination, failed: true }}>
            Older cruds
          </MoreLink>
        </Specimen>
      </div>
    </Section>
  )
}

/** Loading, messages and empty states. */
export function States() {
  return (
    <Section title="States">
      <div className="block">
        <Specimen name="progress">
          <ProgressBar active />
        </Specimen>
        <Specimen name="status line">
          <StatusLine text="Not sent. It is kept here; try again." />
        </Specimen>
        <Specimen name="empty">
          <EmptyState actions={<ButtonLink href={HERE}>Crud</ButtonLink>}>
            Nothing is burning here. Light the first one.
          </EmptyState>
        </Specimen>
        <Specimen name="empty page">
          <EmptyState title="Burnt out" level="h2">
            This crud has burnt out.
          </EmptyState>
        </Specimen>
        <Specimen name="in a thread">
          <p className="hidden-activity">Someone you can’t see</p>
        </Specimen>
      </div>
    </Section>
  )
}

/** The skeletons of pages. */
export function Skeletons() {
  return (
    <Section title="Skeletons">
      <div className="block">
        {Object.entries(SKELETONS).map(([name, render]) => (
          <Specimen key={name} name={name}>
            <div className="outline">{render()}</div>
          </Specimen>
        ))}
      </div>
    </Section>
  )
}
