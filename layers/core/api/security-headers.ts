/** What every answer to a browser carries, on one machine and on AWS. */

/**
 * The dashboard runs what it ships with and talks to its own origin alone: its socket too, which lies there in both
 * runtimes. `'self'` is of any scheme that is as safe (CSP Level 3, 6.7.2.8): `wss:` with `https:`, in Safari since 16.
 */
export const CONTENT_SECURITY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}
