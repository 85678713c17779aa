import { DAY, HOUR } from './time.ts'
import type { Conversation } from './types.ts'

/** Direct messages. */
export const CONVERSATIONS: Conversation[] = [
  {
    between: ['andrewbrown', 'bayko'],
    unread: 3,
    messages: [
      { by: 'bayko', message: 'Are you awake, or is that the oven?', age: DAY + 3 * HOUR },
      { by: 'andrewbrown', message: 'Both. I think we are rising together.', age: DAY + 3 * HOUR - 2 },
      {
        by: 'bayko',
        message: 'I can hear you type through the wall. It is a good rhythm, until the sighing.',
        age: DAY + 3 * HOUR - 5,
      },
      { by: 'andrewbrown', message: 'The sighing is the radiator.', age: DAY + 3 * HOUR - 6 },
      {
        by: 'bayko',
        message: 'Then tell the radiator that it will find the bug. It always does.',
        age: DAY + 3 * HOUR - 8,
      },
      {
        by: 'andrewbrown',
        message: 'About the éclair. Marisol has gone public, with a hashtag. Was it you?',
        age: 3 * HOUR,
      },
      { by: 'bayko', message: 'I confessed at breakfast. So it was you?', age: 3 * HOUR - 3 },
      { by: 'andrewbrown', message: 'I confessed last night.', age: 3 * HOUR - 4 },
      { by: 'bayko', message: 'So there were two éclairs.', age: 3 * HOUR - 9 },
      {
        by: 'andrewbrown',
        message: 'There were two éclairs. She has no idea. How long does this stay here?',
        age: 2 * HOUR,
      },
      { by: 'bayko', message: 'Thirty days, and then nobody can prove a thing.', age: 2 * HOUR - 1 },
      { by: 'andrewbrown', message: 'The best feature we never asked for.', age: 2 * HOUR - 3 },
      {
        by: 'bayko',
        message: 'My umbrella has turned up on the ferry, by the way. Nils says that it bought a return ticket.',
        age: 24,
      },
      {
        by: 'bayko',
        message: 'Come down to the harbour later? There is nothing to see. I checked, and it is a very good nothing.',
        age: 11,
      },
      { by: 'bayko', message: 'Bring the thermos. I will bring the third éclair.', age: 6 },
    ],
  },
  {
    between: ['andrewbrown', 'emberline'],
    unread: 0,
    messages: [
      {
        by: 'emberline',
        message: 'You left your notebook on the gallery rail. I have not read it. Page nine is very good.',
        age: 2 * DAY + 40,
      },
      { by: 'andrewbrown', message: 'Page nine is a shopping list.', age: 2 * DAY + 25 },
      { by: 'emberline', message: '“Lamp oil, string, courage.” I stand by what I said.', age: 2 * DAY + 22 },
      {
        by: 'andrewbrown',
        message: 'Then I will come up for the notebook. And for the string, if you have any.',
        age: 2 * DAY + 5,
      },
      { by: 'emberline', message: '117 steps. The kettle hears you at the sixtieth.', age: 2 * DAY },
    ],
  },
  {
    between: ['andrewbrown', 'tolliver'],
    unread: 2,
    is_request: true,
    messages: [
      { by: 'tolliver', message: 'We have not met. I am told that you know about borrowed rooms.', age: 5 * HOUR },
      {
        by: 'tolliver',
        message: 'I have a parrot that needs one, for a week. He is quiet in company and cannot be alone.',
        age: 5 * HOUR - 4,
      },
    ],
  },
]
