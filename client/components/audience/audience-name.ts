import type { Audience } from '../../../worker/contract/audience.ts'

/** Returns who sees an activity that is not for everyone, such as "Only for followers". `isOwn`: it is the viewer's. */
export const audienceName = (audience: Exclude<Audience, 'everyone'>, isOwn: boolean) =>
  `Only for ${{ followers: 'followers', circle: isOwn ? 'your circle' : 'a circle', mentioned: 'people mentioned' }[audience]}`
