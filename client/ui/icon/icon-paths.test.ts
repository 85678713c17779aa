import { expect, it } from 'vitest'
import css from '../../styles/components/action-icons.css?raw'
import { ICON_PATHS } from './icon-paths.ts'

it.each(['reply', 'repost', 'like', 'more'] as const)('the icon %s is the same in the style sheet', (name) => {
  expect(css).toContain(`d='${ICON_PATHS[name]}'`)
})
