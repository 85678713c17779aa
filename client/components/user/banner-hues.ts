import type { BannerColor } from '../../../worker/contract/banner-colors.ts'

/** Hues of the banner's colours, as in oklch(). */
export const BANNER_HUES: Record<Exclude<BannerColor, 'star'>, number> = {
  violet: 305,
  rose: 5,
  amber: 65,
  green: 145,
  teal: 195,
  blue: 255,
}

/** Returns the hue of a banner. `starHue`: that of the star drawn from the handle. */
export const bannerHue = (color: BannerColor, starHue: number): number =>
  color === 'star' ? starHue : BANNER_HUES[color]
