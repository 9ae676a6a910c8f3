import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { ApiGatewayLiveChannel } from '#adapters/aws/api-gateway-live-channel.ts'
import { SocketLiveChannel } from '#adapters/embedded/socket-live-channel.ts'
import { WebSocketApiModel } from '#test/fakes/websocket-api-model.ts'
import { type LiveChannelImplementation, liveChannelContract } from './live-channel.contract.ts'

const sockets: LiveChannelImplementation = {
  name: 'SocketLiveChannel',
  knowsBacklog: true,
  open: async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await new Promise((done) => server.once('listening', done))
    const channel = new SocketLiveChannel()
    let connections = 0
    return {
      channel,
      connect: async () => {
        const connectionId = `connection ${connections++}`
        const opened = new Promise<WebSocket>((done) => server.once('connection', done))
        const far = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
        const heard: string[] = []
        far.on('message', (data) => heard.push(String(data)))
        const near = await opened
        channel.hold(connectionId, near)
        const gone = new Promise<void>((done) => near.once('close', () => done()))
        void gone.then(() => channel.forget(connectionId))
        await new Promise((done) => (far.readyState === far.OPEN ? done(undefined) : far.once('open', done)))
        return {
          connectionId,
          heard,
          pause: () => far.pause(),
          resume: () => far.resume(),
          leave: () => {
            far.close()
            return gone
          },
        }
      },
      close: async () => {
        for (const socket of server.clients) socket.terminate()
        await new Promise((done) => server.close(done))
      },
    }
  },
}

/** Over a model of API Gateway: connections of the real one are those of a deployed API. */
const apiGateway: LiveChannelImplementation = {
  name: 'ApiGatewayLiveChannel',
  knowsBacklog: false,
  open: async () => {
    const api = new WebSocketApiModel(
      () => 0,
      async () => ({ statusCode: 200 }),
    )
    return {
      channel: new ApiGatewayLiveChannel({ client: api.client }),
      connect: async () => {
        const connectionId = await api.connect()
        const heard: string[] = []
        return {
          connectionId,
          get heard() {
            heard.push(...api.heardBy(connectionId))
            return heard
          },
          pause: () => {},
          resume: () => {},
          leave: () => api.close(connectionId),
        }
      },
      close: async () => {},
    }
  },
}

for (const implementation of [sockets, apiGateway]) liveChannelContract(implementation)
