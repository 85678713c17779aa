/** Durations of a mute in seconds, with their labels; blank: until unmuted. */
export const MUTE_DURATIONS = [
  { seconds: '3600', words: 'For 1 hour' },
  { seconds: '86400', words: 'For 1 day' },
  { seconds: '604800', words: 'For 7 days' },
  { seconds: '', words: 'Until I unmute' },
]
