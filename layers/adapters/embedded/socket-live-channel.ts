import type { WebSocket } from 'ws'
import type { LiveChannel } from '#core/ports.ts'

/** Pushes to the sockets that this process holds. */
export class SocketLiveChannel implements LiveChannel {
  private readonly sockets = new Map<string, WebSocket>()

  hold(connectionId: string, socket: WebSocket): void {
    this.sockets.set(connectionId, socket)
  }

  forget(connectionId: string): void {
    this.sockets.delete(connectionId)
  }

  async send(connectionId: string, message: string): Promise<boolean> {
    const socket = this.sockets.get(connectionId)
    if (socket === undefined || socket.readyState !== socket.OPEN) return false
    socket.send(message)
    return true
  }

  backlog(connectionId: string): number {
    return this.sockets.get(connectionId)?.bufferedAmount ?? 0
  }
}
