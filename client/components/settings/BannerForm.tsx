import type { CSSProperties } from 'react'
import { BANNER_COLORS, type BannerColor } from '../../../worker/contract/banner-colors.ts'
import type { Profile } from '../../../worker/contract/user.ts'
import { starOf } from '../avatar/default-avatar.ts'
import { bannerHue } from '../user/banner-hues.ts'
import { type FormState, SettingsForm } from './SettingsForm.tsx'

const WORDS: Record<BannerColor, string> = {
  star: 'As your star',
  violet: 'Violet',
  rose: 'Rose',
  amber: 'Amber',
  green: 'Green',
  teal: 'Teal',
  blue: 'Blue',
}

/** Form for the colour of the banner on the viewer's profile. */
export function BannerForm({ profile, ...state }: FormState & { profile: Profile }) {
  const { hue } = starOf(profile.handle)
  return (
    <SettingsForm intent="banner" label="Save banner" {...state}>
      <fieldset className="choices">
        <legend className="visually-hidden">Colour of the banner</legend>
        {BANNER_COLORS.map((color) => (
          <label key={color}>
            <input type="radio" name="banner_color" value={color} defaultChecked={color === profile.banner_color} />
            <i className="swatch-dot" style={{ '--hue': bannerHue(color, hue) } as CSSProperties} aria-hidden="true" />
            {WORDS[color]}
          </label>
        ))}
      </fieldset>
    </SettingsForm>
  )
}
