import { secureHeaders } from 'hono/secure-headers'

/** Sets the headers of https://owasp.org/www-project-secure-headers/. Pages set their own Content-Security-Policy before. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  referrerPolicy: 'strict-origin-when-cross-origin',
  strictTransportSecurity: 'max-age=63072000; includeSubDomains',
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: 'DENY',
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  removePoweredBy: false,
  overwrite: false,
})

/** What a page may load: scripts with a nonce and linked style sheets, or no scripts and the inline style sheet. */
type DocumentPolicy = { nonce: string } | { sheetHash: string }

/** Returns the Content-Security-Policy of a page. */
export function documentPolicy(allowed: DocumentPolicy): string {
  return [
    "default-src 'none'",
    'nonce' in allowed ? `script-src 'nonce-${allowed.nonce}' 'strict-dynamic'` : "script-src 'none'",
    'nonce' in allowed ? "style-src 'self'" : `style-src 'self' '${allowed.sheetHash}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    ...('nonce' in allowed ? ["worker-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
