/** Length limit of an email address, in characters (RFC 5321). */
export const EMAIL_MAX = 254

/** Some text, an @ and a domain with a dot. Only a mailed code can confirm an address. */
export const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@.\p{Cc}]+$/u

/** Returns whether a text has the form of an email address. */
export const isEmail = (text: string): boolean => text.length <= EMAIL_MAX && EMAIL.test(text)
