/** The merchant of a machine that nobody has connected to anything yet. */
export const DEMO_MERCHANT = 'demo'

/**
 * Whether a request comes from this machine and is meant for it: its address is loopback, and so is its Host header,
 * which a page elsewhere cannot make a browser send to us.
 */
export function isFromThisMachine(sourceIp: string, host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase()
  const isMeant = name === 'localhost' || name === '127.0.0.1' || name === '[::1]'
  return isMeant && (sourceIp === '127.0.0.1' || sourceIp === '::1' || sourceIp === '::ffff:127.0.0.1')
}
