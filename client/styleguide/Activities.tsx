import type { CSSProperties } from 'react'
import { ActivityCard } from '../components/activity/card/ActivityCard.tsx'
import { Counts } from '../components/activity/card/Counts.tsx'
import { fuse } from '../components/activity/card/fuse.tsx'
import { PostedAt } from '../components/activity/card/PostedAt.tsx'
import { LastLight } from '../components/activity/feed/LastLight.tsx'
import { TickingList } from '../components/activity/feed/TickingList.tsx'
import { SuggestedUser } from '../components/arrival/SuggestedUser.tsx'
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { ReplyForm } from '../components/compose/ReplyForm.tsx'
import { MessageItem } from '../components/message/MessageItem.tsx'
import { NotificationItem } from '../components/notification/NotificationItem.tsx'
import { CircleButton } from '../components/user/CircleButton.tsx'
import { FollowRequestButtons } from '../components/user/FollowRequestButtons.tsx'
import { ListedUserItem } from '../components/user/ListedUserItem.tsx'
import { ProfileHeading } from '../components/user/ProfileHeading.tsx'
import { UserRow } from '../components/user/UserRow.tsx'
import { UTC } from '../time/date-format.ts'
import { Button } from '../ui/button/Button.tsx'
import { longName, makeActivity, mira, rightToLeft, users } from './fixtures.ts'
import { Row, Section, Specimen } from './Specimen.tsx'

const DAY = 86_400
const FUSES = [
  { name: '30 days left', fractionLeft: 1, hot: 0 },
  { name: '11 hours left', fractionLeft: 0.5, hot: 0 },
  { name: 'last ten minutes', fractionLeft: 0.08, hot: 1 },
  { name: 'about to expire', fractionLeft: 0.01, hot: 1 },
]

/** Fuses at several ages. */
export function Fuses() {
  return (
    <Section title="Fuse">
      <Row>
        {FUSES.map(({ name, fractionLeft, hot }) => (
          <Specimen key={name} name={name}>
            <div
              style={
                {
                  '--hot': hot,
                  '--tip': `max(6px, ${fractionLeft * 100}%)`,
                  position: 'relative',
                  width: 240,
                  height: 8,
                } as CSSProperties
              }
            >
              {fuse}
            </div>
          </Specimen>
        ))}
      </Row>
    </Section>
  )
}

/** Activity cards in each state. */
export function Activities({ now }: { now: number }) {
  const activities = [
    makeActivity(now, {}),
    makeActivity(now, {
      message: 'Kettle’s on.',
      ttl: 3_600,
      secondsLeft: 50,
      user: users[1] ?? mira,
      replies_count: 0,
    }),
    makeActivity(now, {
      message: 'Two spare tickets for tonight.',
      ttl: 3_600,
      secondsLeft: 240,
      viewer: { liked: true, reposted: true, can_reply: true },
    }),
    makeActivity(now, {
      reply_to_activity_uuid: 'x',
      reply_to_handle: 'tobias_k',
      ttl: 1_234.5,
      user: users[2] ?? mira,
    }),
    makeActivity(now, { reposted_by: mira, user: users[4] ?? mira, likes_count: 1_234_567, reposts_count: 98_765 }),
    makeActivity(now, {
      user: longName,
      message: `${'Donaudampfschifffahrt'.repeat(6)} https://example.com/a/long/way/to/go #tag @mira`,
    }),
    makeActivity(now, { user: rightToLeft, message: 'גשם הפסיק. כל הרחוב יצא בבת אחת.', ttl: 30 * DAY }),
    makeActivity(now, {
      message: 'word '.repeat(200).trim(),
      reply_to_activity_uuid: 'x',
      reply_to_handle: 'mira',
      user: users[5] ?? mira,
    }),
    makeActivity(now, { warning: 'The last page of the book', message: 'It was the ferryman.' }),
  ]
  const [first = makeActivity(now, {})] = activities
  const own = makeActivity(now, {})
  return (
    <Section title="Activity">
      <Specimen name="seven days · last minute · last ten minutes, liked and reposted · a reply that expires with its parent · reposted, large counts · long · right to left · clamped · with a content warning">
        <TickingList className="feed">
          {activities.map((activity, i) => (
            <ActivityCard key={activity.uuid} activity={activity} viewer={i === 0 ? mira : (users[9] ?? mira)} />
          ))}
        </TickingList>
      </Specimen>
      <Specimen name="signed out">
        <TickingList className="feed">
          <ActivityCard activity={makeActivity(now, { viewer: null })} viewer={null} />
        </TickingList>
      </Specimen>
      <Specimen name="hover" as="hover">
        <TickingList className="feed">
          <ActivityCard activity={makeActivity(now, {})} viewer={mira} />
        </TickingList>
      </Specimen>
      <Specimen name="on its own page">
        <TickingList className="feed">
          <ActivityCard
            activity={own}
            viewer={mira}
            focal
            details={<PostedAt activity={own} viewer={mira} />}
            counts={<Counts activity={own} />}
          />
        </TickingList>
      </Specimen>
      <Specimen name="last light">
        <LastLight activities={[makeActivity(now, { ttl: 3_600, secondsLeft: 90 }), first]} />
      </Specimen>
    </Section>
  )
}

/** The compose and reply forms in each state. */
export function ComposeForms({ now }: { now: number }) {
  return (
    <Section title="Compose">
      <Specimen name="at rest">
        <ComposeForm viewer={mira} action="/styleguide" />
      </Specimen>
      <Specimen name="focus" as="focus">
        <ComposeForm viewer={mira} action="/styleguide" initialText="Kettle’s on." />
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
      <Specimen name="with a content warning">
        <ComposeForm
          viewer={mira}
          action="/styleguide"
          initialText="It was the ferryman."
          initialWarning="The last page of the book"
        />
      </Specimen>
      <Specimen name="a reply">
        <ReplyForm
          viewer={mira}
          activity={{ ...makeActivity(now, { secondsLeft: 2 * DAY }), ancestors: [] }}
          failure={undefined}
          mutation={undefined}
        />
      </Specimen>
      <Specimen name="a reply that only followers will see">
        <ReplyForm
          viewer={mira}
          activity={{ ...makeActivity(now, { audience: 'followers', user: rightToLeft }), ancestors: [] }}
          failure={undefined}
          mutation={undefined}
        />
      </Specimen>
      <Specimen name="mentioned users who will not see it">
        <ComposeForm
          viewer={mira}
          action="/styleguide"
          failure={{
            values: { message: '@sol, for you', audience: 'followers' },
            errors: [],
            audienceWarning: '@sol does not follow you, so will not see this.',
          }}
        />
      </Specimen>
    </Section>
  )
}

/** Profile, users, notifications and messages. */
export function UsersAndMessages({ now }: { now: number }) {
  const activity = makeActivity(now, {})
  const { created_at, expires_at } = activity
  return (
    <Section title="Users, notifications, messages">
      <ProfileHeading
        profile={{
          ...mira,
          bio: 'Tides, mud, birds. In that order. https://example.com',
          created_at: new Date(now).toISOString(),
          cruds_count: 3,
          followers_count: 1_234,
          following_count: 1,
          approves_followers: true,
          banner_color: 'teal',
          viewer: {
            following: 'no',
            followed_by: true,
            asks_to_follow: true,
            in_circle: true,
            blocking: false,
            muting: true,
          },
        }}
        action={
          <div className="profile-actions">
            <Button small>Follow</Button>
          </div>
        }
      />
      <ul className="user-list wide">
        {[mira, longName, rightToLeft].map((user) => (
          <UserRow key={user.uuid} user={user} action={<FollowRequestButtons handle={user.handle} />} />
        ))}
        {(['no', 'requested', 'yes'] as const).map((following) => (
          <ListedUserItem key={following} user={{ ...mira, viewer: { following } }} isOwnFollower />
        ))}
        {[true, false].map((isMember) => (
          <UserRow
            key={String(isMember)}
            user={mira}
            action={<CircleButton handle={mira.handle} isMember={isMember} />}
          />
        ))}
      </ul>
      <ul className="suggested-users">
        {[mira, longName, rightToLeft].map((user, i) => (
          <SuggestedUser
            key={user.uuid}
            person={{
              ...user,
              bio: i === 1 ? '' : 'Tides, mud, birds. In that order.',
              latest: i === 2 ? null : activity,
              viewer: { following: i === 0 ? 'yes' : 'no' },
            }}
          />
        ))}
      </ul>
      <TickingList className="feed">
        {(['like', 'repost', 'follow', 'follow_request', 'reply', 'mention', 'security'] as const).map((kind, i) => (
          <NotificationItem
            key={kind}
            group={{
              uuid: kind,
              kind,
              notified_at: created_at,
              created_at,
              expires_at,
              actors: kind === 'security' ? [] : users.slice(0, i > 1 ? 1 : 4 - i),
              activity: ['follow', 'follow_request', 'security'].includes(kind) ? null : activity,
              reference: null,
              unread: i < 2,
            }}
            posInSet={i + 1}
            setSize={7}
          />
        ))}
      </TickingList>
      <ol style={{ listStyle: 'none', padding: 16, display: 'grid', gap: 4 }}>
        <MessageItem
          message={{ ...activity, message_group_uuid: '', report_token: '', message: 'Bring the thermos.' }}
          own={false}
          by="Mira"
          timeStyle={UTC}
        />
        <MessageItem
          message={{ ...activity, message_group_uuid: '', report_token: '', message: 'I will. And the éclair.' }}
          own
          by="You"
          timeStyle={UTC}
        />
        <MessageItem message={{ key: '', message: 'On its way.' }} own by="You" timeStyle={UTC} />
      </ol>
    </Section>
  )
}
