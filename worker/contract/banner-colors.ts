/** Colours of a profile's banner. `star`: the colour of the star that is drawn from the handle. */
export const BANNER_COLORS = ['star', 'violet', 'rose', 'amber', 'green', 'teal', 'blue'] as const
export type BannerColor = (typeof BANNER_COLORS)[number]
