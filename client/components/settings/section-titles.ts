/** Titles of the sections of the settings page by their element ids, in the page's order. */
export const SECTION_TITLES = {
  avatar: 'Picture',
  profile: 'Profile',
  banner: 'Banner',
  lifetime: 'Lifetime',
  audience: 'Audience',
  followers: 'Followers',
  'alt-text': 'Alt texts',
  theme: 'Theme',
  warnings: 'Content warnings',
  push: 'Push notifications',
  password: 'Password',
  devices: 'Where you are signed in',
  muted: 'People you muted',
  blocked: 'People you blocked',
  keyboard: 'Keyboard',
  export: 'Your data',
  'sign-out': 'Signing out',
  delete: 'Deleting',
} as const

/** The id of a section: target of links and redirects (`#id`). */
export type SectionId = keyof typeof SECTION_TITLES
