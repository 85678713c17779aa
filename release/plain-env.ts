/** What only the commands of a release need to know; names of settings that are secret end like this. */
const SECRET = /TOKEN$|KEY$|SECRET$|PASSWORD$|^DATABASE_URL$/

/** Our environment for somebody else's code: an older commit, and the install scripts of its packages. */
export const plainEnv = (env = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name)))
