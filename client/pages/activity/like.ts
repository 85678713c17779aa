import { reactionRoute } from './reaction.ts'

export const { loader, action } = reactionRoute('like')
