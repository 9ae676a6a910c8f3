import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request comes from a page of ours, or from no page at all. Cookies know no ports: a browser sends ours along
 * with what any other page of this machine asks for, and says which page that is.
 */
export function isFromOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (site === 'cross-site' || site === 'same-site') return false
  return origin === undefined || URL.parse(origin)?.host === host
}
