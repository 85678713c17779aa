/** Names of secret settings. */
const SECRET = /TOKEN$|KEY$|SECRET$|PASSWORD$|^DATABASE_URL$/

/** Returns the environment without secrets, for code that we do not trust: an older commit and its packages' install scripts. */
export const plainEnv = (env = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name)))
