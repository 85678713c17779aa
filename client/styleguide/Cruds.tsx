import type { CSSProperties } from 'react'
import { ActivityCard } from '../components/activity/card/ActivityCard.tsx'
import { ActivityDetails } from '../components/activity/card/ActivityDetails.tsx'
import { Fuse } from '../components/activity/card/Fuse.tsx'
import { ExpiringList } from '../components/activity/feed/ExpiringList.tsx'
import { LastLight } from '../components/activity/feed/LastLight.tsx'
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { ReplyForm } from '../components/compose/ReplyForm.tsx'
import { MessageItem } from '../components/message/MessageItem.tsx'
import { NotificationItem } from '../components/notification/NotificationItem.tsx'
import { ProfileHeading } from '../components/user/ProfileHeading.tsx'
import { UserRow } from '../components/user/UserRow.tsx'
import { UTC } from '../time/dates.ts'
import { Button } from '../ui/button/Button.tsx'
import { burning, crowd, liat, long, mira } from './people.ts'
import { Part, Row, Specimen } from './Specimen.tsx'

const DAY = 86_400
const FUSES = [
  { name: 'just lit', part: 1, hot: 0 },
  { name: 'half', part: 0.5, hot: 0 },
  { name: 'last tenth', part: 0.1, hot: 1 },
  { name: 'about to end', part: 0.01, hot: 1 },
]

export function Fuses() {
  return (
    <Part title="Fuse">
      <Row>
        {FUSES.map(({ name, part, hot }) => (
          <Specimen key={name} name={name}>
            <div
              style={
                {
                  '--hot': hot,
                  '--tip': `max(6px, ${part * 100}%)`,
                  position: 'relative',
                  width: 240,
                  height: 8,
                } as CSSProperties
              }
            >
              <Fuse />
            </div>
          </Specimen>
        ))}
      </Row>
    </Part>
  )
}

export function Cruds({ now }: { now: number }) {
  const cruds = [
    burning(now, {}),
    burning(now, { message: 'Kettle’s on.', life: 3_600, left: 50, user: crowd[1] ?? mira, replies_count: 0 }),
    burning(now, {
      message: 'Two spare tickets for tonight.',
      life: 3_600,
      left: 240,
      viewer: { liked: true, reposted: true },
    }),
    burning(now, { reply_to_activity_uuid: 'x', reply_to_handle: 'tobias_k', life: 1_234.5, user: crowd[2] ?? mira }),
    burning(now, { reposted_by: mira, user: crowd[4] ?? mira, likes_count: 1_234_567, reposts_count: 98_765 }),
    burning(now, {
      user: long,
      message: `${'Donaudampfschifffahrt'.repeat(6)} https://example.com/a/long/way/to/go #tag @mira`,
    }),
    burning(now, { user: liat, message: 'גשם הפסיק. כל הרחוב יצא בבת אחת.', life: 30 * DAY }),
    burning(now, {
      message: 'word '.repeat(200).trim(),
      reply_to_activity_uuid: 'x',
      reply_to_handle: 'mira',
      user: crowd[5] ?? mira,
    }),
  ]
  const [first = burning(now, {})] = cruds
  const own = burning(now, {})
  return (
    <Part title="Crud">
      <Specimen name="seven days · last minute · last tenth, liked and reposted · a reply that ends with it · reposted, many · long · right to left · cut">
        <ExpiringList className="feed">
          {cruds.map((activity, i) => (
            <ActivityCard key={activity.uuid} activity={activity} viewer={i === 0 ? mira : (crowd[9] ?? mira)} />
          ))}
        </ExpiringList>
      </Specimen>
      <Specimen name="signed out">
        <ExpiringList className="feed">
          <ActivityCard activity={burning(now, { viewer: null })} viewer={null} />
        </ExpiringList>
      </Specimen>
      <Specimen name="pointed at" as="hover">
        <ExpiringList className="feed">
          <ActivityCard activity={burning(now, {})} viewer={mira} />
        </ExpiringList>
      </Specimen>
      <Specimen name="on its own page">
        <ExpiringList className="feed">
          <ActivityCard activity={own} viewer={mira} alone details={<ActivityDetails activity={own} viewer={mira} />} />
        </ExpiringList>
      </Specimen>
      <Specimen name="last light">
        <LastLight activities={[burning(now, { life: 3_600, left: 90 }), first]} />
      </Specimen>
    </Part>
  )
}

export function Composing({ now }: { now: number }) {
  return (
    <Part title="Chooser">
      <Specimen name="at rest">
        <ComposeForm viewer={mira} action="/styleguide" />
      </Specimen>
      <Specimen name="focus" as="focus">
        <ComposeForm viewer={mira} action="/styleguide" text="Kettle’s on." />
      </Specimen>
      <Specimen name="refused">
        <ComposeForm
          viewer={mira}
          action="/styleguide"
          failure={{
            values: { message: 'word '.repeat(60).trim(), ttl: '30-days' },
            errors: [
              { code: 'message_exceed_max_chars', field: 'message' },
              { code: 'ttl_blank', field: 'ttl' },
            ],
          }}
        />
      </Specimen>
      <Specimen name="a reply">
        <ReplyForm viewer={mira} activity={burning(now, { left: 2 * DAY })} failure={undefined} mutation={undefined} />
      </Specimen>
    </Part>
  )
}

export function Others({ now }: { now: number }) {
  const activity = burning(now, {})
  const { created_at, expires_at } = activity
  return (
    <Part title="People, notifications, messages">
      <ProfileHeading
        profile={{
          ...mira,
          bio: 'Tides, mud, birds. In that order. https://example.com',
          created_at: new Date(now).toISOString(),
          cruds_count: 3,
          followers_count: 1_234,
          following_count: 1,
          viewer: { following: false, followed_by: true, blocking: false, muting: true },
        }}
        action={
          <div className="profile-actions">
            <Button small>Follow</Button>
          </div>
        }
      />
      <ul className="people wide">
        {[mira, long, liat].map((user) => (
          <UserRow
            key={user.uuid}
            user={user}
            action={
              <Button small look="quiet">
                Follow
              </Button>
            }
          />
        ))}
      </ul>
      <ExpiringList className="feed">
        {(['like', 'repost', 'follow', 'reply', 'mention', 'security'] as const).map((kind, i) => (
          <NotificationItem
            key={kind}
            group={{
              uuid: kind,
              kind,
              created_at,
              expires_at,
              actors: kind === 'security' ? [] : crowd.slice(0, i > 1 ? 1 : 4 - i),
              activity: kind === 'follow' || kind === 'security' ? null : activity,
              unread: i < 2,
            }}
            position={{ at: i + 1, of: 6 }}
          />
        ))}
      </ExpiringList>
      <ol style={{ listStyle: 'none', padding: 16, display: 'grid', gap: 4 }}>
        <MessageItem
          message={{ message: 'Bring the thermos.', created_at: created_at }}
          own={false}
          by="Mira"
          style={UTC}
        />
        <MessageItem
          message={{ message: 'I will. And the éclair.', created_at: created_at }}
          own
          by="You"
          style={UTC}
        />
        <MessageItem message={{ message: 'On its way.' }} own by="You" style={UTC} />
      </ol>
    </Part>
  )
}
