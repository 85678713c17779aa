/** 32 bytes in base64, as `SECRET_KEY` must be. */
export const SECRET_KEY = btoa('a key for nothing but tests here')

/** 32 bytes in base64, as `EVIDENCE_KEY` must be. */
export const EVIDENCE_KEY = btoa('a key for evidence in tests only')

/** The site's contact. */
export const CONTACT_EMAIL = 'contact@example.com'

/** Bindings that pass `parseEnv`, which checks that each has the methods we call. */
export const BINDINGS = {
  READS: { limit: () => {} },
  PAGING: { limit: () => {} },
  WRITES: { limit: () => {} },
  CLIENT_IP_WRITES: { limit: () => {} },
  UPLOADS: { limit: () => {} },
  MEDIA: { limit: () => {} },
  AUTH_ATTEMPTS: { limit: () => {} },
  CLIENT_ERRORS: { limit: () => {} },
  IMAGES: { input: () => {} },
  AVATARS: { put: () => {} },
  USER_SOCKETS: { getByName: () => {} },
}
