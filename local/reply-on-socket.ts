/** An answer where there is no request that could have one: what came is no HTTP, or no handshake of ours. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { SECURITY_HEADERS } from '#core/api/security-headers.ts'
import type { HttpReply } from '#runtime/http-handler.ts'

/** Writes it by hand, and closes the connection. */
export function replyOnSocket(socket: Duplex, { statusCode = 400, headers, body = '' }: HttpReply): void {
  const lines = Object.entries({
    ...SECURITY_HEADERS,
    ...headers,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('')}\r\n`
  socket.end(head + body, () => socket.destroy())
}
