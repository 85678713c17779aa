import type { CSSProperties, ReactNode } from 'react'
import type { SkeletonName } from '../../../../worker/contract/pages.ts'
import { pageAtPath } from '../../../routing/page-at-path.ts'

/** A page to come in outline: the parts of the page itself, with bones in the place of words and faces. */
export function Skeleton({ pathname }: { pathname: string }) {
  const name = pageAtPath(pathname)?.skeleton
  return name ? SHAPES[name]() : null
}

/** What each kind of page will look like. A page that has no list comes quickly or shows its progress. */
export const SHAPES: Record<SkeletonName, () => ReactNode> = {
  home: () => [<Tabs key="tabs" count={3} />, <Compose key="compose" />, <Cruds key="cruds" />],
  notifications: () => [<Title key="title" />, <Cruds key="cruds" as="notification" />],
  tag: () => [<Title key="title" back />, <Cruds key="cruds" />],
  search: () => [<Title key="title" />, <Find key="find" />, <Tabs key="tabs" count={2} />, <Cruds key="cruds" />],
  messages: () => [<Title key="title" />, <Groups key="groups" />],
  conversation: () => <Conversation />,
  thread: () => [
    <Title key="title" back />,
    <Crud key="crud" as="alone" />,
    <Compose key="compose" />,
    <Cruds key="replies" />,
  ],
  reactions: () => [<Title key="title" back />, <People key="people" />],
  follows: () => [<Title key="title" back />, <Tabs key="tabs" count={2} />, <People key="people" />],
  profile: () => [<Profile key="profile" />, <Tabs key="tabs" count={3} />, <Cruds key="cruds" />],
}

/** In the place of a word or more; as high as small letters of the text it stands in. */
const Line = ({ width }: { width: number | string }) => <i className="bone" style={{ width }} />

const Face = ({ size = 44 }: { size?: number }) => <i className="bone" style={{ width: size, height: size }} />

const times = (count: number, draw: (i: number) => ReactNode) => Array.from({ length: count }, (_, i) => draw(i))

const Title = ({ back = false }: { back?: boolean }) => (
  <div className="title" style={back ? { minHeight: 56 } : undefined}>
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
    <div className="say">
      <Face />
      <div style={{ padding: '8px 0' }}>
        <Line width="60%" />
      </div>
    </div>
  </div>
)

const Find = () => (
  <div className="search">
    <div className="find" style={{ borderColor: 'var(--line)' }} />
  </div>
)

/** No line is burning yet. */
const UNLIT = { '--tip': '0px', '--fuse': 'transparent' } as CSSProperties

const Crud = ({ as, lines = 2 }: { as?: 'alone' | 'notification'; lines?: number }) => (
  <div className={as ? `crud ${as}` : 'crud'}>
    <div className="fuse" style={UNLIT} />
    <div className="crud-body">
      <div className="face">
        <Face />
      </div>
      <div className="who">
        <Line width="45%" />
      </div>
      <div className="left">
        <Line width={72} />
      </div>
      <p className="message medium">
        {times(lines - 1, (i) => (
          <Line key={i} width="100%" />
        ))}
        <Line width="55%" />
      </p>
      {as !== 'notification' && <div className="actions" style={{ height: 44 }} />}
    </div>
  </div>
)

const Cruds = ({ as }: { as?: 'notification' }) =>
  as ? times(12, (i) => <Crud key={i} as={as} lines={1} />) : times(8, (i) => <Crud key={i} lines={1 + (i % 3)} />)

const People = () => (
  <div className="people wide">
    {times(14, (i) => (
      <div key={i} className="person">
        <Face />
        <div className="who">
          <Line width={120} />
        </div>
      </div>
    ))}
  </div>
)

const Groups = () => (
  <>
    <p className="burning soft">
      <Line width={220} />
    </p>
    <div className="to" style={{ height: 103 }} />
    {times(12, (i) => (
      <div key={i} className="message-group">
        <div className="avatar">
          <Face />
        </div>
        <div className="who">
          <Line width={150} />
        </div>
        <div className="last">
          <Line width="70%" />
        </div>
      </div>
    ))}
  </>
)

const SAID = [180, 240, 120, 300, 150, 90, 220]

const Conversation = () => (
  <div className="conversation">
    <div className="with" style={{ paddingInlineStart: 52 }}>
      <Face />
      <Line width={140} />
    </div>
    <div className="said">
      <div style={{ display: 'grid', gap: 4 }}>
        {SAID.map((width, i) => (
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
      <Face size={88} />
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
