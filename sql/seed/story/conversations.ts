import { DAY, HOUR } from './time.ts'
import type { Conversation } from './types.ts'

/** Direct messages. */
export const CONVERSATIONS: Conversation[] = [
  {
    between: ['andrewbrown', 'bayko'],
    unread: 3,
    messages: [
      { by: 'bayko', says: 'Are you awake, or is that the oven?', age: DAY + 3 * HOUR },
      { by: 'andrewbrown', says: 'Both. I think we are rising together.', age: DAY + 3 * HOUR - 2 },
      {
        by: 'bayko',
        says: 'I can hear you type through the wall. It is a good rhythm, until the sighing.',
        age: DAY + 3 * HOUR - 5,
      },
      { by: 'andrewbrown', says: 'The sighing is the radiator.', age: DAY + 3 * HOUR - 6 },
      {
        by: 'bayko',
        says: 'Then tell the radiator that it will find the bug. It always does.',
        age: DAY + 3 * HOUR - 8,
      },
      {
        by: 'andrewbrown',
        says: 'About the éclair. Marisol has gone public, with a hashtag. Was it you?',
        age: 3 * HOUR,
      },
      { by: 'bayko', says: 'I confessed at breakfast. So it was you?', age: 3 * HOUR - 3 },
      { by: 'andrewbrown', says: 'I confessed last night.', age: 3 * HOUR - 4 },
      { by: 'bayko', says: 'So there were two éclairs.', age: 3 * HOUR - 9 },
      {
        by: 'andrewbrown',
        says: 'There were two éclairs. She has no idea. How long does this stay here?',
        age: 2 * HOUR,
      },
      { by: 'bayko', says: 'Thirty days, and then nobody can prove a thing.', age: 2 * HOUR - 1 },
      { by: 'andrewbrown', says: 'The best feature we never asked for.', age: 2 * HOUR - 3 },
      {
        by: 'bayko',
        says: 'My umbrella has turned up on the ferry, by the way. Nils says that it bought a return ticket.',
        age: 24,
      },
      {
        by: 'bayko',
        says: 'Come down to the harbour later? There is nothing to see. I checked, and it is a very good nothing.',
        age: 11,
      },
      { by: 'bayko', says: 'Bring the thermos. I will bring the third éclair.', age: 6 },
    ],
  },
  {
    between: ['andrewbrown', 'emberline'],
    unread: 0,
    messages: [
      {
        by: 'emberline',
        says: 'You left your notebook on the gallery rail. I have not read it. Page nine is very good.',
        age: 2 * DAY + 40,
      },
      { by: 'andrewbrown', says: 'Page nine is a shopping list.', age: 2 * DAY + 25 },
      { by: 'emberline', says: '“Lamp oil, string, courage.” I stand by what I said.', age: 2 * DAY + 22 },
      {
        by: 'andrewbrown',
        says: 'Then I will come up for the notebook. And for the string, if you have any.',
        age: 2 * DAY + 5,
      },
      { by: 'emberline', says: '117 steps. The kettle hears you at the sixtieth.', age: 2 * DAY },
    ],
  },
  {
    between: ['andrewbrown', 'tolliver'],
    unread: 2,
    is_request: true,
    messages: [
      { by: 'tolliver', says: 'We have not met. I am told that you know about borrowed rooms.', age: 5 * HOUR },
      {
        by: 'tolliver',
        says: 'I have a parrot that needs one, for a week. He is quiet in company and cannot be alone.',
        age: 5 * HOUR - 4,
      },
    ],
  },
]
