import type { WebSocket } from 'ws'
import type { LiveChannel } from '#core/ports.ts'

/** The code of RFC 6455 for a connection that may not go on. */
const NOT_ALLOWED = 1008

/** Pushes to the sockets that this process holds. */
export class SocketLiveChannel implements LiveChannel {
  private readonly sockets = new Map<string, WebSocket>()
  /** Many screens hear the same frame one after the other: it is encoded once. */
  private last = { message: '', bytes: Buffer.alloc(0) }

  hold(connectionId: string, socket: WebSocket): void {
    this.sockets.set(connectionId, socket)
  }

  forget(connectionId: string): void {
    this.sockets.delete(connectionId)
  }

  async send(connectionId: string, message: string): Promise<boolean> {
    const socket = this.sockets.get(connectionId)
    if (socket === undefined || socket.readyState !== socket.OPEN) return false
    if (message !== this.last.message) this.last = { message, bytes: Buffer.from(message) }
    socket.send(this.last.bytes, { binary: false })
    return true
  }

  async close(connectionId: string): Promise<void> {
    this.sockets.get(connectionId)?.close(NOT_ALLOWED, 'sign in again')
  }

  backlog(connectionId: string): number {
    return this.sockets.get(connectionId)?.bufferedAmount ?? 0
  }
}
