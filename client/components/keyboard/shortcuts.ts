import type { User } from '../../../worker/contract/user.ts'
import { paths } from '../../routing/paths.ts'
import { openComposer } from '../compose/sheet/open-composer.ts'
import { focusedArticle } from './focus-position.ts'
import { moveFocus } from './roving-focus.ts'

/** What a shortcut can do. */
export type ShortcutActions = {
  viewer: User | null
  /** Navigates to a path of the site, and focuses the element of `selector` there. */
  go: (path: string, selector?: string) => void
  announce: (text: string) => void
  showSheet: () => void
}

export type Shortcut = {
  /** As the sheet shows it: one key, or two keys in sequence. */
  keys: string
  label: string
  run: (actions: ShortcutActions) => void
}

/** All shortcuts, as the sheet shows them. */
export const SHORTCUTS: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'In a list',
    shortcuts: [
      {
        keys: 'j',
        label: 'Next crud',
        run: ({ announce }) => void (moveFocus(1) || (focusedArticle() && announce('End of the list.'))),
      },
      { keys: 'k', label: 'Previous crud', run: () => void moveFocus(-1) },
      {
        keys: '.',
        label: 'Show the new ones',
        run: ({ announce }) => {
          const button = document.querySelector<HTMLElement>('.new-items button')
          if (button) button.click()
          else announce('Nothing new yet.')
        },
      },
      { keys: 'o', label: 'Open the crud', run: () => clickInCurrentActivity('a.time-left') },
    ],
  },
  {
    title: 'With a crud',
    shortcuts: [
      { keys: 'r', label: 'Reply', run: () => clickInCurrentActivity('.action.reply') },
      { keys: 'l', label: 'Like or unlike', run: ({ announce }) => toggle('like', announce) },
      { keys: 't', label: 'Repost or undo', run: ({ announce }) => toggle('repost', announce) },
      { keys: 's', label: 'Share', run: () => clickInCurrentActivity('.action.share') },
      { keys: 'm', label: 'More: its menu', run: () => clickInCurrentActivity('.action.more') },
    ],
  },
  {
    title: 'Anywhere',
    shortcuts: [
      { keys: 'n', label: 'Write a crud', run: () => void openComposer() },
      { keys: '/', label: 'Search', run: ({ go }) => focusFirst(SEARCH) || go(paths.search(), SEARCH) },
      { keys: 'g h', label: 'Go home', run: ({ go }) => go(paths.home()) },
      { keys: 'g e', label: 'Go to everyone’s cruds', run: ({ go }) => go(paths.home('everyone')) },
      { keys: 'g l', label: 'Go to last light', run: ({ go }) => go(paths.home('last-light')) },
      { keys: 'g n', label: 'Go to notifications', run: ({ go }) => go(paths.notifications()) },
      { keys: 'g m', label: 'Go to messages', run: ({ go }) => go(paths.messages()) },
      { keys: 'g p', label: 'Go to your profile', run: ({ go, viewer }) => viewer && go(paths.profile(viewer.handle)) },
      { keys: 'g r', label: 'Go to follow requests', run: ({ go }) => go(paths.followRequests()) },
      { keys: 'g c', label: 'Go to your circle', run: ({ go }) => go(paths.circle()) },
      { keys: 'g s', label: 'Go to settings', run: ({ go }) => go(paths.settings()) },
      { keys: 'u', label: 'Undo', run: () => document.querySelector<HTMLElement>('.status-line button')?.click() },
      { keys: '?', label: 'Show this sheet', run: ({ showSheet }) => showSheet() },
    ],
  },
]

const SEARCH = 'search input'

/** Focuses the first visible element of a selector. Returns whether there is one. */
function focusFirst(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.checkVisibility())
  found?.focus()
  return found !== undefined
}

/** Returns the element of a selector in the focused activity, or else in the page's focal one. */
const inCurrentActivity = (selector: string): HTMLElement | null =>
  (focusedArticle() ?? document.querySelector('main article.focal'))?.querySelector<HTMLElement>(selector) ?? null

const clickInCurrentActivity = (selector: string): void => inCurrentActivity(selector)?.click()

const TOGGLE_ANNOUNCEMENTS = {
  like: { on: 'Liked.', off: 'Like removed.' },
  repost: { on: 'Reposted.', off: 'Repost removed.' },
}

/** Clicks like or repost and announces the result, since the focus is not on the button. */
function toggle(kind: keyof typeof TOGGLE_ANNOUNCEMENTS, announce: ShortcutActions['announce']): void {
  const button = inCurrentActivity(`button.${kind}`)
  if (!button) return
  announce(TOGGLE_ANNOUNCEMENTS[kind][button.ariaPressed === 'true' ? 'off' : 'on'])
  button.click()
}
