import type { Ttl } from '../../worker/contract/limits.ts'

/** A person of the seed. Every one of them signs in with the same password. */
export interface Person {
  handle: string
  display_name: string
  bio: string
  joined_days_ago: number
  follows: string[]
}

/** A crud of the seed with what was answered to it. Ages count back from the moment of seeding. */
export interface Crud {
  by: string
  says: string
  lives: Ttl
  /** In minutes, less than the lifetime. */
  age: number
  replies?: Reply[]
}

/** An answer; it ends with the crud that the thread began with. */
export interface Reply {
  by: string
  says: string
  /** In minutes, less than what it answers. */
  age: number
  replies?: Reply[]
}

const HOUR = 60
const DAY = 24 * HOUR

/** A small harbour town, the people who live there, and two who are passing through. */
export const PEOPLE: Person[] = [
  {
    handle: 'andrewbrown',
    display_name: 'Andrew Brown',
    bio: 'Builds things, then lets them go. Currently in a borrowed room above the bakery.',
    joined_days_ago: 210,
    follows: ['bayko', 'emberline', 'fenwick', 'dusk_radio', 'marisol', 'okonjo'],
  },
  {
    handle: 'bayko',
    display_name: 'Andrew Bayko',
    bio: 'The other Andrew. Here for a week, which was a month ago.',
    joined_days_ago: 209,
    follows: ['andrewbrown', 'wickhart', 'dusk_radio', 'nils', 'tolliver'],
  },
  {
    handle: 'emberline',
    display_name: 'Ember Lindqvist',
    bio: 'Keeper of the lighthouse. Yes, a person still does that.',
    joined_days_ago: 180,
    follows: ['fenwick', 'dusk_radio', 'andrewbrown', 'teodora'],
  },
  {
    handle: 'fenwick',
    display_name: 'Fenwick Marsh',
    bio: 'Tides, mud, birds. In that order.',
    joined_days_ago: 171,
    follows: ['emberline', 'teodora', 'okonjo'],
  },
  {
    handle: 'okonjo',
    display_name: 'Ada Okonjo',
    bio: 'Repairs clocks. Late for everything.',
    joined_days_ago: 150,
    follows: ['emberline', 'wickhart', 'andrewbrown'],
  },
  {
    handle: 'marisol',
    display_name: 'Marisol Vega',
    bio: 'Bakery, downstairs. What is gone by nine was good.',
    joined_days_ago: 140,
    follows: ['andrewbrown', 'bayko', 'okonjo', 'nils'],
  },
  {
    handle: 'dusk_radio',
    display_name: 'Dusk Radio',
    bio: '88.1 FM, on the air from sunset until somebody falls asleep.',
    joined_days_ago: 120,
    follows: ['emberline', 'fenwick', 'okonjo', 'marisol', 'teodora', 'wickhart', 'nils', 'tolliver'],
  },
  {
    handle: 'teodora',
    display_name: 'Teodora Pine',
    bio: 'Writes one-line poems on receipts and leaves them on the ferry.',
    joined_days_ago: 90,
    follows: ['dusk_radio', 'fenwick'],
  },
  {
    handle: 'wickhart',
    display_name: 'Ruth Wickhart',
    bio: 'Chandler. If it burns evenly it is mine.',
    joined_days_ago: 75,
    follows: ['emberline', 'okonjo', 'bayko'],
  },
  {
    handle: 'nils',
    display_name: 'Nils Holm',
    bio: 'Ferry pilot. 07:10, 12:40, 18:05. Not 18:06.',
    joined_days_ago: 60,
    follows: ['emberline', 'marisol', 'teodora'],
  },
  {
    handle: 'tolliver',
    display_name: 'Captain Tolliver',
    bio: 'Retired. Nobody has found out from what.',
    joined_days_ago: 30,
    follows: ['nils', 'dusk_radio', 'bayko'],
  },
]

/** What they said. Of the short-lived ones some are about to go. */
export const CRUDS: Crud[] = [
  { by: 'marisol', says: 'Two cinnamon knots left. I am looking at one of them.', lives: '1-hour', age: 4 },
  { by: 'nils', says: 'Ferry leaves in nine minutes. The bench by the door is free. #ferry', lives: '1-hour', age: 51 },
  {
    by: 'teodora',
    says: 'today the fog came in\nlike somebody who had\nforgotten their keys',
    lives: '1-hour',
    age: 56,
  },
  {
    by: 'emberline',
    says: 'There is a seal on the slipway and it does not intend to move. All deliveries please come by the garden gate.',
    lives: '3-hours',
    age: 96,
    replies: [
      {
        by: 'fenwick',
        says: 'That is Dorothy. She likes to be asked.',
        age: 88,
        replies: [
          { by: 'emberline', says: 'I asked. She yawned. Is that a yes?', age: 85 },
          { by: 'fenwick', says: 'From Dorothy that is practically a speech.', age: 71 },
        ],
      },
      { by: 'nils', says: 'She was on the 12:40 yesterday. Did not pay.', age: 60 },
      { by: 'tolliver', says: 'Served under a seal once. Fair, but distant.', age: 22 },
    ],
  },
  { by: 'okonjo', says: 'The town hall clock is right again. Enjoy it, it will not last.', lives: '3-hours', age: 171 },
  { by: 'bayko', says: 'Has anyone seen a green umbrella, or the wind that has it?', lives: '3-hours', age: 38 },
  {
    by: 'dusk_radio',
    says: 'Tonight: ninety minutes of songs about leaving, and one about coming back. Requests below, they burn at sign-off. #duskradio',
    lives: '12-hours',
    age: 3 * HOUR + 10,
    replies: [
      { by: 'wickhart', says: 'Anything with a cello that sounds like it knows something.', age: 2 * HOUR + 50 },
      { by: 'andrewbrown', says: 'The one about the train. You know the one. There are four hundred.', age: 2 * HOUR },
      { by: 'dusk_radio', says: '@andrewbrown We will play all four hundred, starting with yours.', age: 95 },
      { by: 'marisol', says: 'Something for kneading to, please. 4/4, no surprises.', age: 40 },
    ],
  },
  {
    by: 'fenwick',
    says: '214 curlews on the east bank at low water. 213 and a very confident pigeon.',
    lives: '12-hours',
    age: 6 * HOUR,
  },
  {
    by: 'andrewbrown',
    says: 'Wrote for six hours, deleted for one. Best hour of the day.',
    lives: '12-hours',
    age: 11 * HOUR + 38,
  },
  {
    by: 'tolliver',
    says: 'To whom it may concern: the chess board on the harbour wall. Your bishop is in the sea. Your move.',
    lives: '12-hours',
    age: 47,
  },
  {
    by: 'bayko',
    says: 'Things nobody told me about living above a bakery: (1) you wake at four (2) you do not mind (3) you own no trousers that fit.',
    lives: '1-day',
    age: 9 * HOUR,
    replies: [
      { by: 'andrewbrown', says: '(4) you smell like a holiday at all times', age: 8 * HOUR + 30 },
      { by: 'marisol', says: '(5) the rent is due, and it is not payable in crumbs', age: 8 * HOUR },
    ],
  },
  {
    by: 'wickhart',
    says: 'Poured forty candles. Thirty-nine are straight. The fortieth has opinions, and is not for sale.',
    lives: '1-day',
    age: 15 * HOUR,
  },
  {
    by: 'teodora',
    says: 'left a poem on seat 14\nif you find it\nit was always yours',
    lives: '1-day',
    age: 23 * HOUR + 20,
  },
  {
    by: 'okonjo',
    says: 'A man brought in a watch that stopped in 1974 and asked me not to fix it, only to clean the glass.',
    lives: '1-day',
    age: 5 * HOUR,
  },
  {
    by: 'nils',
    says: 'New winter timetable is up on the pier. The 18:05 is still the 18:05. Please stop asking about the 18:06. #ferry',
    lives: '3-days',
    age: DAY + 2 * HOUR,
    replies: [
      { by: 'tolliver', says: 'And the 18:06?', age: DAY + HOUR },
      { by: 'nils', says: 'Captain.', age: DAY + HOUR - 4 },
    ],
  },
  {
    by: 'marisol',
    says: 'Rye sourdough, day three of the new starter. It has a name now, so I cannot throw it away.',
    lives: '3-days',
    age: 2 * DAY + 20 * HOUR,
  },
  {
    by: 'andrewbrown',
    says: 'Shipped the thing. Closed the laptop. Learned that the harbour has stars in it.',
    lives: '3-days',
    age: 14 * HOUR,
  },
  {
    by: 'fenwick',
    says: 'Spring tide Thursday, 5.9 m. If your boat is tied to something you like, tie it to something taller. #tides',
    lives: '7-days',
    age: 2 * DAY,
  },
  {
    by: 'emberline',
    says: 'Question for those who are new here: the light turns once every twelve seconds. How long before you stopped noticing?',
    lives: '7-days',
    age: 4 * DAY + 7 * HOUR,
    replies: [
      { by: 'bayko', says: 'Eleven days. Then there was a power cut and I sat up in bed.', age: 4 * DAY + 2 * HOUR },
      { by: 'teodora', says: 'i count by it', age: 3 * DAY },
      { by: 'okonjo', says: 'It is eleven point nine. I did not want to say anything.', age: 2 * DAY + 12 * HOUR },
    ],
  },
  {
    by: 'dusk_radio',
    says: 'The person who leaves soup outside the studio: we know it is you, and we would like more pepper. #duskradio',
    lives: '7-days',
    age: 6 * DAY + 21 * HOUR,
  },
  {
    by: 'wickhart',
    says: 'A wick should be as long as the patience of whoever lights it.',
    lives: '7-days',
    age: 18 * HOUR,
  },
  {
    by: 'bayko',
    says: 'Extended my stay by another week. The landlady laughed for quite a while.',
    lives: '7-days',
    age: 3 * DAY + 5 * HOUR,
  },
  {
    by: 'tolliver',
    says: 'Wanted: crew of three for a short voyage. Must bring sandwiches. Destination will be explained by the sandwiches.',
    lives: '30-days',
    age: 11 * DAY,
  },
  {
    by: 'okonjo',
    says: 'Found behind the dial of the station clock: a note. “If you read this, it is slow again. Sorry. – M., 1931”. I have put it back, with mine.',
    lives: '30-days',
    age: 26 * DAY,
    replies: [
      { by: 'teodora', says: 'best correspondence in town', age: 25 * DAY + 20 * HOUR },
      { by: 'andrewbrown', says: 'A commit message, if ever there was one.', age: 25 * DAY },
    ],
  },
  {
    by: 'emberline',
    says: 'Logbook, first line of the year: “Wind SW 4. Everything that was meant to pass has passed.”',
    lives: '30-days',
    age: 29 * DAY + 19 * HOUR,
  },
  {
    by: 'andrewbrown',
    says: 'Reminder to self, pinned to nothing: it is all right if this one goes.',
    lives: '30-days',
    age: 5 * DAY,
  },
]
