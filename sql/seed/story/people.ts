import { DAY, HOUR } from './time.ts'
import type { Person } from './types.ts'

/** The people of a small harbour town, and two visitors. */
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
    newly_follows: { okonjo: 3 * DAY },
  },
  {
    handle: 'emberline',
    display_name: 'Ember Lindqvist',
    bio: 'Keeper of the lighthouse. Yes, a person still does that.',
    joined_days_ago: 180,
    follows: ['fenwick', 'dusk_radio', 'andrewbrown', 'teodora'],
    newly_follows: { bayko: HOUR + 20 },
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
    newly_follows: { andrewbrown: 9 * DAY, bayko: 2 * DAY },
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
    newly_follows: { andrewbrown: 20 },
  },
  {
    handle: 'tolliver',
    display_name: 'Captain Tolliver',
    bio: 'Retired. Nobody has found out from what.',
    joined_days_ago: 30,
    follows: ['nils', 'dusk_radio', 'bayko'],
    newly_follows: { andrewbrown: 12 * DAY, fenwick: 4 * HOUR },
  },
]
