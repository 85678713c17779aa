/** As good as any other: 32 bytes in base64. */
export const SECRET_KEY = btoa('a key for nothing but tests here')

/** What a Worker is bound to, as far as its settings ask: whether each can do what we need. */
export const BINDINGS = {
  READS: { limit: () => {} },
  PAGING: { limit: () => {} },
  WRITES: { limit: () => {} },
  ADDRESS_WRITES: { limit: () => {} },
  DOORS: { limit: () => {} },
  CLIENT_ERRORS: { limit: () => {} },
  IMAGES: { input: () => {} },
  AVATARS: { put: () => {} },
}
