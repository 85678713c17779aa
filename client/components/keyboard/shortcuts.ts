import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { focusedArticle } from './focus-position.ts'
import { moveFocus } from './roving-focus.ts'

/** What a shortcut works with. */
export type ShortcutActions = {
  viewer: User | null
  /** Goes to a path of the site, and there to what fits a selector. */
  go: (path: string, selector?: string) => void
  say: (text: string) => void
  showSheet: () => void
}

export type Shortcut = {
  /** As it is written on the sheet: one key, or two that are pressed one after the other. */
  keys: string
  words: string
  act: (hands: ShortcutActions) => void
}

/** All shortcuts, as the sheet shows them. */
export const SHORTCUTS: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'In a list',
    shortcuts: [
      {
        keys: 'j',
        words: 'Next crud',
        act: ({ say }) => void (moveFocus(1) || (focusedArticle() && say('The end of the list.'))),
      },
      { keys: 'k', words: 'Crud before', act: () => void moveFocus(-1) },
      {
        keys: '.',
        words: 'Show the new ones',
        act: ({ say }) => {
          const button = document.querySelector<HTMLElement>('.newcomers button')
          if (button) button.click()
          else say('Nothing new yet.')
        },
      },
      { keys: 'o', words: 'Open the crud', act: () => press('a.left') },
    ],
  },
  {
    title: 'With a crud',
    shortcuts: [
      { keys: 'r', words: 'Reply', act: () => press('.action.reply') },
      { keys: 'l', words: 'Like, or take it back', act: ({ say }) => toggle('like', say) },
      { keys: 't', words: 'Repost, or take it back', act: ({ say }) => toggle('repost', say) },
      { keys: 's', words: 'Share', act: () => press('.action.share') },
    ],
  },
  {
    title: 'Anywhere',
    shortcuts: [
      { keys: 'n', words: 'Write a crud', act: ({ go }) => reach('#compose') || go(paths.compose()) },
      { keys: '/', words: 'Search', act: ({ go }) => reach(SEARCH) || go(paths.search(), SEARCH) },
      { keys: 'g h', words: 'Go home', act: ({ go }) => go(paths.home()) },
      { keys: 'g e', words: 'Go to everyone’s cruds', act: ({ go }) => go(paths.home('everyone')) },
      { keys: 'g l', words: 'Go to last light', act: ({ go }) => go(paths.home('last-light')) },
      { keys: 'g n', words: 'Go to notifications', act: ({ go }) => go(paths.notifications()) },
      { keys: 'g m', words: 'Go to messages', act: ({ go }) => go(paths.messages()) },
      { keys: 'g p', words: 'Go to your profile', act: ({ go, viewer }) => viewer && go(paths.profile(viewer.handle)) },
      { keys: 'g s', words: 'Go to settings', act: ({ go }) => go(paths.settings()) },
      { keys: '?', words: 'Show this sheet', act: ({ showSheet }) => showSheet() },
    ],
  },
]

const SEARCH = 'search input'

/** Focuses the first of such elements that is shown. */
function reach(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.checkVisibility())
  found?.focus()
  return found !== undefined
}

/** What `selector` finds in the crud that has the focus, or else in the one that the page is about. */
const inCrud = (selector: string): HTMLElement | null =>
  (focusedArticle() ?? document.querySelector('main article.alone'))?.querySelector<HTMLElement>(selector) ?? null

const press = (selector: string): void => inCrud(selector)?.click()

const DONE = {
  like: { on: 'Liked.', off: 'Like taken back.' },
  repost: { on: 'Reposted.', off: 'Repost taken back.' },
}

/** Presses like or repost, and says what that did: the focus is not on the button. */
function toggle(kind: keyof typeof DONE, say: ShortcutActions['say']): void {
  const button = inCrud(`button.${kind}`)
  if (!button) return
  say(DONE[kind][button.ariaPressed === 'true' ? 'off' : 'on'])
  button.click()
}
