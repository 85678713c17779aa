export const EMAIL_MAX = 254

/** Something, an @ and a domain with a dot; whether mail arrives there, only mail can tell. */
export const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@.\p{Cc}]+$/u

/** Whether a text is an email address. */
export const isEmail = (text: string): boolean => text.length <= EMAIL_MAX && EMAIL.test(text)
