import type { CSSProperties, ReactNode } from 'react'
import type { SkeletonName } from '../../../../worker/contract/pages.ts'
import { pageAtPath } from '../../../routing/page-at-path.ts'

/** Skeleton of the page at a path: that page's layout with placeholders for texts and avatars; nothing if it has none. */
export function Skeleton({ pathname }: { pathname: string }) {
  const name = pageAtPath(pathname)?.skeleton
  return name ? SKELETONS[name]() : null
}

/** Skeletons by name. Pages without a list load quickly and have none. */
export const SKELETONS: Record<SkeletonName, () => ReactNode> = {
  home: () => [<Tabs key="tabs" count={3} />, <Compose key="compose" height={258} />, <Cards key="cards" />],
  notifications: () => [<Title key="title" />, <Cards key="cards" as="notification" />],
  tag: () => [<Title key="title" back />, <Cards key="cards" />],
  search: () => [
    <Title key="title" />,
    <SearchBox key="search" />,
    <Tabs key="tabs" count={2} />,
    <Cards key="cards" />,
  ],
  messages: () => [<Title key="title" />, <Conversations key="conversations" />],
  conversation: () => <Conversation />,
  thread: () => [
    <Title key="title" back />,
    <Card key="card" as="focal" />,
    <Compose key="compose" height={162} />,
    <Cards key="replies" />,
  ],
  reactions: () => [<Title key="title" back />, <Users key="users" />],
  people: () => [<Title key="title" />, <Users key="users" />],
  follows: () => [<Title key="title" back />, <Tabs key="tabs" count={2} />, <Users key="users" />],
  profile: () => [<Profile key="profile" />, <Tabs key="tabs" count={3} />, <Cards key="cards" />],
}

/** Placeholder for text, as high as a lower-case letter of its surroundings. */
const Line = ({ width }: { width: number | string }) => <i className="skeleton" style={{ width }} />

/** Placeholder for an avatar. */
const Circle = ({ size = 44 }: { size?: number }) => <i className="skeleton" style={{ width: size, height: size }} />

const repeat = (count: number, render: (i: number) => ReactNode) => Array.from({ length: count }, (_, i) => render(i))

const Title = ({ back = false }: { back?: boolean }) => (
  <div className="page-title" style={back ? { minHeight: 56 } : undefined}>
    <b style={{ fontSize: '1.25rem' }}>
      <Line width={140} />
    </b>
  </div>
)

const Tabs = ({ count }: { count: number }) => (
  <div className="tabs" style={{ height: 46, alignItems: 'center', gap: 24, paddingInline: 16 }}>
    {repeat(count, (i) => (
      <Line key={i} width={72} />
    ))}
  </div>
)

/** `height`: from 700 px; a phone folds the form. */
const Compose = ({ height }: { height: number }) => (
  <div className="compose form-skeleton" style={{ '--height': `${height}px` } as CSSProperties}>
    <div className="compose-row">
      <Circle />
      <div style={{ padding: '8px 0' }}>
        <Line width="60%" />
      </div>
    </div>
  </div>
)

const SearchBox = () => (
  <div className="search">
    <div className="search-form" style={{ borderColor: 'var(--line)' }} />
  </div>
)

/** A fuse without its burning part. */
const EMPTY_FUSE = { '--tip': '0px', '--fuse': 'transparent' } as CSSProperties

const Card = ({ as, lines = 2 }: { as?: 'focal' | 'notification'; lines?: number }) => (
  <div className={as ? `activity ${as}` : 'activity'}>
    <div className="fuse" style={EMPTY_FUSE} />
    <div className="activity-body">
      <div className="avatar-link">
        <Circle />
      </div>
      <div className="user-line">
        <Line width="45%" />
      </div>
      <div className="time-left">
        <Line width={72} />
      </div>
      <p className="activity-text medium">
        {repeat(lines - 1, (i) => (
          <Line key={i} width="100%" />
        ))}
        <Line width="55%" />
      </p>
      {as !== 'notification' && <div className="actions" style={{ height: 44 }} />}
    </div>
  </div>
)

const Cards = ({ as }: { as?: 'notification' }) =>
  as ? repeat(12, (i) => <Card key={i} as={as} lines={1} />) : repeat(8, (i) => <Card key={i} lines={1 + (i % 3)} />)

const Users = () => (
  <div className="user-list wide">
    {repeat(14, (i) => (
      <div key={i} className="user-row">
        <Circle />
        <div className="user-line">
          <Line width={120} />
        </div>
      </div>
    ))}
  </div>
)

const Conversations = () => (
  <>
    <p className="messages-note soft">
      <Line width={220} />
    </p>
    <div className="recipient-form" style={{ height: 103 }} />
    {repeat(12, (i) => (
      <div key={i} className="conversation-row">
        <div className="avatar">
          <Circle />
        </div>
        <div className="user-line">
          <Line width={150} />
        </div>
        <div className="last">
          <Line width="70%" />
        </div>
      </div>
    ))}
  </>
)

const MESSAGE_WIDTHS = [180, 240, 120, 300, 150, 90, 220]

const Conversation = () => (
  <div className="conversation">
    <div className="conversation-head" style={{ paddingInlineStart: 52 }}>
      <Circle />
      <Line width={140} />
    </div>
    <div className="message-list">
      <div style={{ display: 'grid', gap: 4 }}>
        {MESSAGE_WIDTHS.map((width, i) => (
          <div key={width} className={i % 3 ? 'dm own' : 'dm'}>
            <Line width={width} />
          </div>
        ))}
      </div>
    </div>
    <div className="message-form" style={{ height: 72 }} />
  </div>
)

const Profile = () => (
  <div className="profile">
    <div className="banner" style={{ background: 'var(--hover)' }} />
    <div className="profile-top">
      <Circle size={88} />
    </div>
    <h1 style={{ fontSize: '1.75rem' }}>
      <Line width="50%" />
    </h1>
    <p className="handle">
      <Line width={100} />
    </p>
    <p className="bio">
      <Line width="80%" />
    </p>
    <p className="counts">
      <Line width="70%" />
    </p>
  </div>
)
