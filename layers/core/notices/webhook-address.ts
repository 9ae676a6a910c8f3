/**
 * Which addresses notices may be posted to: the one place that says so.
 *
 * - http or https, with a host, and without a name and password in it (they would be shown to whoever lists webhooks).
 * - Addresses of private networks and of the machine itself only where `privateAllowed`: an engine that is reached from
 *   its own machine alone is its owner's, who may well run the receiver beside it. Where strangers may add webhooks they
 *   would look into a network that is not theirs. Names are judged by what they say, not by what they resolve to.
 */
export function webhookAddressProblem(address: string, privateAllowed: boolean): string | undefined {
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '')
    return 'is not an address like https://hooks.example/alerts'
  if (url.username !== '' || url.password !== '')
    return 'must not hold a name and password: let the receiver check the signature'
  if (!privateAllowed && isPrivate(url.hostname)) return 'is in a private network, which this engine may not reach'
  return undefined
}

/** As `URL` writes it: numbers of any spelling have become four decimal parts, IPv6 is in brackets and short. */
function isPrivate(host: string): boolean {
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1))
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host)
  if (parts !== null) return isPrivateV4(Number(parts[1]), Number(parts[2]))
  return !host.includes('.') || /(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(host)
}

/** RFC 1122 (this host), 1918 (private), 3927 (link-local), 6598 (carrier's), and what is no host's: 224 and above. */
const isPrivateV4 = (a: number, b: number): boolean =>
  a === 0 ||
  a === 10 ||
  a === 127 ||
  a >= 224 ||
  (a === 100 && b >= 64 && b < 128) ||
  (a === 169 && b === 254) ||
  (a === 172 && b >= 16 && b < 32) ||
  (a === 192 && b === 168)

/** Loopback, unspecified, unique local (RFC 4193), link-local, multicast, and IPv4 in IPv6 of any kind. */
const isPrivateV6 = (host: string): boolean => /^(::|f[cd]|fe[89ab]|ff|64:ff9b:)/i.test(host)
