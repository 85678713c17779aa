import { DAY, HOUR } from './time.ts'
import type { Crud } from './types.ts'

/** Top-level activities with replies. */
export const THREADS: Crud[] = [
  {
    by: 'emberline',
    message:
      'There is a seal on the slipway and it does not intend to move. All deliveries please come by the garden gate.',
    ttl: '3-hours',
    age: 96,
    likes: { teodora: 90, andrewbrown: 82, marisol: 64, bayko: 33, wickhart: 15 },
    reposts: { fenwick: 89, dusk_radio: 47 },
    replies: [
      {
        by: 'fenwick',
        message: 'That is Dorothy. She likes to be asked.',
        age: 88,
        likes: { emberline: 86, tolliver: 23 },
        replies: [
          { by: 'emberline', message: 'I asked. She yawned. Is that a yes?', age: 85 },
          {
            by: 'fenwick',
            message: 'From Dorothy that is practically a speech.',
            age: 71,
            likes: { emberline: 70, okonjo: 44, andrewbrown: 41 },
          },
        ],
      },
      { by: 'nils', message: 'She was on the 12:40 yesterday. Did not pay. #ferry', age: 60, likes: { fenwick: 58 } },
      { by: 'tolliver', message: 'Served under a seal once. Fair, but distant.', age: 22, likes: { emberline: 9 } },
    ],
  },
  {
    by: 'bayko',
    message: 'Has anyone seen a green umbrella, or the wind that has it? #greenumbrella',
    ttl: '3-hours',
    age: 38,
    likes: { andrewbrown: 34, wickhart: 29, nils: 27 },
    reposts: { dusk_radio: 36 },
    replies: [
      {
        by: 'tolliver',
        message: 'Both went west at four knots. They seemed happy. #greenumbrella',
        age: 31,
        likes: { bayko: 30, teodora: 18 },
      },
    ],
  },
  {
    by: 'dusk_radio',
    message:
      'Tonight: ninety minutes of songs about leaving, and one about coming back. Requests below, they burn at sign-off. #duskradio',
    ttl: '12-hours',
    age: 3 * HOUR + 10,
    likes: { emberline: 3 * HOUR, teodora: 2 * HOUR + 30, fenwick: 2 * HOUR, bayko: 80 },
    reposts: { emberline: 3 * HOUR, tolliver: 75 },
    replies: [
      {
        by: 'wickhart',
        message: 'Anything with a cello that sounds like it knows something. #duskradio',
        age: 2 * HOUR + 50,
        likes: { dusk_radio: 2 * HOUR + 40 },
      },
      {
        by: 'andrewbrown',
        message: 'The one about the train. You know the one. There are four hundred.',
        age: 2 * HOUR,
        likes: { dusk_radio: 96, bayko: 81 },
      },
      {
        by: 'dusk_radio',
        message: '@andrewbrown We will play all four hundred, starting with yours.',
        age: 95,
        likes: { andrewbrown: 92 },
      },
      { by: 'marisol', message: 'Something for kneading to, please. 4/4, no surprises. #duskradio', age: 40 },
    ],
  },
  {
    by: 'fenwick',
    message: '214 curlews on the east bank at low water. 213 and a very confident pigeon. #birds',
    ttl: '12-hours',
    age: 6 * HOUR,
    likes: { teodora: 5 * HOUR, emberline: 4 * HOUR + 30, okonjo: 2 * HOUR },
    reposts: { teodora: 5 * HOUR },
    replies: [
      {
        by: 'emberline',
        message: 'The pigeon is mine. He has been practising all week. #birds',
        age: 4 * HOUR + 28,
        likes: { fenwick: 4 * HOUR, nils: 2 * HOUR },
      },
    ],
  },
  {
    by: 'tolliver',
    message:
      'To whom it may concern: the chess board on the harbour wall. Your bishop is in the sea. Your move. #harbourchess',
    ttl: '12-hours',
    age: 47,
    likes: { okonjo: 43, dusk_radio: 37, andrewbrown: 33 },
    reposts: { nils: 42 },
    replies: [
      {
        by: 'andrewbrown',
        message: 'It was always a deep-water bishop. Knight to f3. #harbourchess',
        age: 32,
        likes: { tolliver: 14, okonjo: 13 },
        replies: [
          {
            by: 'tolliver',
            message: 'Noted. The gull on e4 has also moved. #harbourchess',
            age: 12,
            likes: { andrewbrown: 8 },
          },
        ],
      },
      { by: 'okonjo', message: 'You are both out of time. I should know. #harbourchess', age: 25 },
    ],
  },
  {
    by: 'bayko',
    message:
      'Things nobody told me about living above a bakery: (1) you wake at four (2) you do not mind (3) you own no trousers that fit. #bakery',
    ttl: '1-day',
    age: 9 * HOUR,
    likes: {
      andrewbrown: 8 * HOUR + 50,
      marisol: 8 * HOUR + 5,
      emberline: 7 * HOUR,
      teodora: 5 * HOUR,
      okonjo: 3 * HOUR,
      tolliver: 55,
    },
    reposts: { andrewbrown: 8 * HOUR + 45, marisol: 8 * HOUR },
    replies: [
      {
        by: 'andrewbrown',
        message: '(4) you smell like a holiday at all times',
        age: 8 * HOUR + 30,
        likes: { bayko: 8 * HOUR + 20, wickhart: 6 * HOUR },
      },
      {
        by: 'marisol',
        message: '(5) the rent is due, and it is not payable in crumbs',
        age: 8 * HOUR,
        likes: { andrewbrown: 7 * HOUR + 55, nils: 4 * HOUR },
      },
    ],
  },
  {
    by: 'andrewbrown',
    message: 'Shipped the thing. Closed the laptop. Learned that the harbour has stars in it.',
    ttl: '3-days',
    age: 14 * HOUR,
    likes: { bayko: 13 * HOUR + 40, teodora: 12 * HOUR, okonjo: 9 * HOUR, marisol: 5 * HOUR, tolliver: 70 },
    reposts: { emberline: 13 * HOUR, dusk_radio: 50 },
    replies: [
      {
        by: 'emberline',
        message: 'There are more with the lamp off. But then somebody would write in.',
        age: 12 * HOUR + 30,
        likes: { andrewbrown: 12 * HOUR, fenwick: 10 * HOUR },
      },
    ],
  },
  {
    by: 'nils',
    message:
      'New winter timetable is up on the pier. The 18:05 is still the 18:05. Please stop asking about the 18:06. #ferry',
    ttl: '3-days',
    age: DAY + 2 * HOUR,
    likes: { marisol: DAY + HOUR + 30, emberline: DAY, wickhart: 20 * HOUR },
    reposts: { bayko: DAY },
    replies: [
      {
        by: 'tolliver',
        message: 'And the 18:06? #ferry',
        age: DAY + HOUR,
        likes: { bayko: DAY + HOUR - 2, teodora: 22 * HOUR, andrewbrown: 19 * HOUR },
      },
      { by: 'nils', message: 'Captain.', age: DAY + HOUR - 4, likes: { tolliver: DAY + HOUR - 5 } },
    ],
  },
  {
    by: 'fenwick',
    message:
      'Spring tide Thursday, 5.9 m. If your boat is tied to something you like, tie it to something taller. #tides',
    ttl: '7-days',
    age: 2 * DAY,
    likes: { nils: 2 * DAY - HOUR, emberline: DAY + 21 * HOUR },
    reposts: { emberline: DAY + 21 * HOUR, nils: DAY + 12 * HOUR, dusk_radio: 7 * HOUR },
    replies: [
      {
        by: 'emberline',
        message: 'The lamp room stays dry. The garden gate has been told. #tides',
        age: DAY + 20 * HOUR,
        likes: { fenwick: DAY + 19 * HOUR },
      },
    ],
  },
  {
    by: 'emberline',
    message:
      'Question for those who are new here: the light turns once every twelve seconds. How long before you stopped noticing?',
    ttl: '7-days',
    age: 4 * DAY + 7 * HOUR,
    likes: { andrewbrown: 4 * DAY + 5 * HOUR, teodora: 3 * DAY },
    replies: [
      {
        by: 'bayko',
        message: 'Eleven days. Then there was a power cut and I sat up in bed.',
        age: 4 * DAY + 2 * HOUR,
        likes: { emberline: 4 * DAY, andrewbrown: 3 * DAY + 20 * HOUR },
      },
      {
        by: 'teodora',
        message: 'i count by it',
        age: 3 * DAY,
        likes: { emberline: 2 * DAY + 20 * HOUR, dusk_radio: 2 * DAY },
      },
      {
        by: 'okonjo',
        message: 'It is eleven point nine. I did not want to say anything.',
        age: 2 * DAY + 12 * HOUR,
        likes: { emberline: 2 * DAY + 11 * HOUR, bayko: 2 * DAY + 6 * HOUR, nils: 2 * DAY },
      },
    ],
  },
  {
    by: 'okonjo',
    message:
      'Found behind the dial of the station clock: a note. “If you read this, it is slow again. Sorry. – M., 1931”. I have put it back, with mine.',
    ttl: '30-days',
    age: 26 * DAY,
    likes: { teodora: 25 * DAY + 21 * HOUR, andrewbrown: 25 * DAY + HOUR, emberline: 24 * DAY, wickhart: 20 * DAY },
    reposts: { teodora: 25 * DAY + 21 * HOUR, dusk_radio: 25 * DAY },
    replies: [
      { by: 'teodora', message: 'best correspondence in town', age: 25 * DAY + 20 * HOUR, likes: { okonjo: 25 * DAY } },
      {
        by: 'andrewbrown',
        message: 'A commit message, if ever there was one.',
        age: 25 * DAY,
        likes: { bayko: 24 * DAY },
      },
    ],
  },
]
