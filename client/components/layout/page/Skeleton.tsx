import type { CSSProperties, ReactNode } from 'react'
import type { SkeletonName } from '../../../../worker/contract/pages.ts'
import { pageAtPath } from '../../../routing/page-at-path.ts'

/** A page to come in outline: the parts of the page itself, with bones in the place of words and faces. */
export function Skeleton({ pathname }: { pathname: string }) {
  const name = pageAtPath(pathname)?.skeleton
  return name ? SKELETONS[name]() : null
}

/** What each kind of page will look like. A page that has no list comes quickly or shows its progress. */
export const SKELETONS: Record<SkeletonName, () => ReactNode> = {
  home: () => [<Tabs key="tabs" count={3} />, <Compose key="compose" />, <Cards key="cruds" />],
  notifications: () => [<Title key="title" />, <Cards key="cruds" as="notification" />],
  tag: () => [<Title key="title" back />, <Cards key="cruds" />],
  search: () => [<Title key="title" />, <SearchBox key="find" />, <Tabs key="tabs" count={2} />, <Cards key="cruds" />],
  messages: () => [<Title key="title" />, <Conversations key="groups" />],
  conversation: () => <Conversation />,
  thread: () => [
    <Title key="title" back />,
    <Card key="crud" as="alone" />,
    <Compose key="compose" />,
    <Cards key="replies" />,
  ],
  reactions: () => [<Title key="title" back />, <Users key="people" />],
  follows: () => [<Title key="title" back />, <Tabs key="tabs" count={2} />, <Users key="people" />],
  profile: () => [<Profile key="profile" />, <Tabs key="tabs" count={3} />, <Cards key="cruds" />],
}

/** In the place of a word or more; as high as small letters of the text it stands in. */
const Line = ({ width }: { width: number | string }) => <i className="skeleton" style={{ width }} />

const Circle = ({ size = 44 }: { size?: number }) => <i className="skeleton" style={{ width: size, height: size }} />

const times = (count: number, draw: (i: number) => ReactNode) => Array.from({ length: count }, (_, i) => draw(i))

const Title = ({ back = false }: { back?: boolean }) => (
  <div className="page-title" style={back ? { minHeight: 56 } : undefined}>
    <b style={{ fontSize: '1.25rem' }}>
      <Line width={140} />
    </b>
  </div>
)

const Tabs = ({ count }: { count: number }) => (
  <div className="tabs" style={{ height: 46, alignItems: 'center', gap: 24, paddingInline: 16 }}>
    {times(count, (i) => (
      <Line key={i} width={72} />
    ))}
  </div>
)

const Compose = () => (
  <div className="compose" style={{ height: 208 }}>
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

/** No line is burning yet. */
const EMPTY_FUSE = { '--tip': '0px', '--fuse': 'transparent' } as CSSProperties

const Card = ({ as, lines = 2 }: { as?: 'alone' | 'notification'; lines?: number }) => (
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
        {times(lines - 1, (i) => (
          <Line key={i} width="100%" />
        ))}
        <Line width="55%" />
      </p>
      {as !== 'notification' && <div className="actions" style={{ height: 44 }} />}
    </div>
  </div>
)

const Cards = ({ as }: { as?: 'notification' }) =>
  as ? times(12, (i) => <Card key={i} as={as} lines={1} />) : times(8, (i) => <Card key={i} lines={1 + (i % 3)} />)

const Users = () => (
  <div className="user-list wide">
    {times(14, (i) => (
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
    {times(12, (i) => (
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
