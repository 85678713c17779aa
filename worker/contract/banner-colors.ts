/** Colours of a profile's banner. `star`: that of the star drawn from the handle. */
export const BANNER_COLORS = ['star', 'violet', 'rose', 'amber', 'green', 'teal', 'blue'] as const
export type BannerColor = (typeof BANNER_COLORS)[number]
