import { Avatar } from '../components/avatar/Avatar.tsx'
import { icon } from '../ui/icon/icon.tsx'
import { ICON_PATHS, type IconName } from '../ui/icon/icon-paths.ts'
import { Mark } from '../ui/icon/Mark.tsx'
import { Wordmark } from '../ui/icon/Wordmark.tsx'
import { mira, users, withAvatar } from './fixtures.ts'
import { Row, Section, Specimen } from './Specimen.tsx'
import { contrast, type Theme, type Token } from './tokens.ts'

/** Colours, each with its contrast to the background. */
export function Colours({ tokens, theme }: { tokens: readonly Token[]; theme: Theme }) {
  const ground = tokens.find(({ name }) => name === 'ground')?.[theme] ?? ''
  return (
    <Section title="Colours">
      <Row>
        {tokens.map((token) => {
          const ratio = contrast(token[theme], ground)
          return (
            <Specimen key={token.name} name={`${token.name} ${token[theme]}${ratio ? ` · ${ratio.toFixed(1)}` : ''}`}>
              <div className="swatch" style={{ background: `var(--${token.name})` }} />
            </Specimen>
          )
        })}
      </Row>
    </Section>
  )
}

const SIZES = [13, 14, 15, 17, 20, 22, 28, 36]
const SPACES = [4, 8, 12, 16, 20, 24, 32, 48]

/** Font sizes and spaces. */
export function Type() {
  return (
    <Section title="Type and space">
      {SIZES.map((size) => (
        <p key={size} style={{ fontSize: `${size / 16}rem`, lineHeight: 1.4 }}>
          {size} Say it, then let it go. 0123456789
        </p>
      ))}
      <Row>
        {SPACES.map((space) => (
          <Specimen key={space} name={String(space)}>
            <div className="space" style={{ width: space }} />
          </Specimen>
        ))}
      </Row>
    </Section>
  )
}

/** Mark, icons and avatars. */
export function Drawings() {
  return (
    <Section title="Mark, icons, avatars">
      <Row>
        <Specimen name="Mark">
          <Mark />
        </Specimen>
        <Specimen name="Wordmark">
          <Wordmark />
        </Specimen>
        <Specimen name="Wordmark, focus" as="focus">
          <Wordmark />
        </Specimen>
      </Row>
      <Row>
        {Object.keys(ICON_PATHS).map((name) => (
          <Specimen key={name} name={name}>
            {icon(name as IconName)}
          </Specimen>
        ))}
      </Row>
      <Row>
        {users.map((user) => (
          <Specimen key={user.handle} name={user.handle}>
            <Avatar user={user} />
          </Specimen>
        ))}
        {(['small', 'medium', 'large'] as const).map((size) => (
          <Specimen key={size} name={size}>
            <Avatar user={mira} size={size} />
          </Specimen>
        ))}
        <Specimen name="avatar image">
          <Avatar user={withAvatar} />
        </Specimen>
        <Specimen name="avatar image that fails to load">
          <Avatar user={{ ...withAvatar, avatar_url: '/media/avatars/none' }} />
        </Specimen>
      </Row>
    </Section>
  )
}
