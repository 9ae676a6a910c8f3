import { createServer, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect as connectTo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { SocketLiveChannel } from '#adapters/embedded/socket-live-channel.ts'
import type { Functions } from './invoke.ts'
import { Sockets } from './sockets.ts'

const VIEWER = '{"merchantId":"demo","subject":"owner","role":"owner"}'
type Told = { readonly route: string; readonly connectionId: string; readonly viewer: string; readonly body?: string }

type Options = {
  /** What the function answers to each route. */
  readonly answer?: (route: string) => Promise<number> | number
  readonly authorize?: (
    headers: { authorization?: string },
    cookies: readonly string[],
    asked: { routeKey: string; queryStringParameters?: Record<string, string> },
  ) => Promise<string | undefined>
  /** The right that is missing. */
  readonly missing?: string
}

async function newSockets({
  answer = () => 200,
  missing = '',
  authorize = async ({ authorization }) => (authorization === 'Bearer good' ? VIEWER : undefined),
}: Options = {}) {
  const told: Told[] = []
  const functions = {
    authorize: async ({ headers, cookies, ...asked }: Parameters<Functions['authorize']>[0] & { routeKey: string }) => {
      const viewer = await authorize(headers!, cookies!, asked as { routeKey: string })
      return viewer === undefined ? undefined : { viewer, missing }
    },
    socket: async (_name: string, event: { requestContext: Record<string, unknown>; body?: string }) => {
      const { routeKey, connectionId, authorizer } = event.requestContext
      const { viewer } = authorizer as { viewer: string }
      const { body } = event
      told.push({
        route: routeKey as string,
        connectionId: connectionId as string,
        viewer,
        ...(body !== undefined && { body }),
      })
      return answer(routeKey as string)
    },
  } as unknown as Functions
  const channel = new SocketLiveChannel()
  const turnedTo: string[] = []
  const onTold = (merchantId: string) => void turnedTo.push(merchantId)
  const sockets = new Sockets({ functions, channel, loopbackOnly: true, onTold })
  const server = createServer()
  sockets.listen(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  onTestFinished(() => {
    sockets.close()
    server.closeAllConnections()
    server.close()
  })
  const open = (options: ClientOptions = {}, path = '/ws') => {
    const headers = { authorization: 'Bearer good', ...options.headers }
    return new WebSocket(`ws://127.0.0.1:${port}${path}`, { ...options, headers })
  }
  const opened = async (options: ClientOptions = {}) => {
    const socket = open(options)
    await new Promise((done, failed) => {
      socket.once('open', done)
      socket.once('error', failed)
    })
    await until(() => told.some(({ route }) => route === '$connect'))
    return socket
  }
  /** The status of a handshake that is refused; 101 where it is not, 0 where there is no answer. */
  const statusOf = (options: ClientOptions = {}, path = '/ws') =>
    new Promise<number>((done) => {
      const socket = open(options, path)
      socket.once('unexpected-response', (_request, response) => done(response.statusCode!))
      socket.once('open', () => {
        socket.terminate()
        done(101)
      })
      socket.once('error', () => done(0))
    })
  /** What a handshake is refused with. */
  const refusalOf = (options: ClientOptions = {}, path = '/ws') =>
    new Promise<{ status: number; type: string | undefined; body: object }>((done, failed) => {
      const socket = open(options, path)
      socket.once('open', () => failed(new Error('it was let in')))
      socket.once('error', failed)
      socket.once('unexpected-response', (_request, response) => {
        const { statusCode, headers } = response
        text(response).then((said) => {
          done({ status: statusCode!, type: headers['content-type'], body: JSON.parse(said) })
        }, failed)
      })
    })
  return { told, turnedTo, channel, sockets, server, port, opened, statusOf, refusalOf }
}
const PROBLEM = 'application/problem+json; charset=utf-8'

async function until(holds: () => boolean) {
  while (!holds()) await new Promise((done) => setTimeout(done, 2))
}
const closed = (socket: WebSocket) => new Promise<number>((done) => socket.once('close', done))

describe('a connection', () => {
  test('is told to the functions from its beginning to its end', async () => {
    const { told, channel, opened } = await newSockets()
    const socket = await opened()
    const [{ connectionId }] = told as [Told]
    expect(told).toEqual([{ route: '$connect', connectionId, viewer: VIEWER }])
    const heard: string[] = []
    socket.on('message', (data) => heard.push(String(data)))
    expect(await channel.send(connectionId, 'a frame')).toBe(true)
    socket.send('é')
    await until(() => heard.length === 1 && told.length === 2)
    expect(heard).toEqual(['a frame'])
    expect(told[1]).toEqual({ route: '$default', connectionId, viewer: VIEWER, body: 'é' })
    socket.close()
    await until(() => told.length === 3)
    expect(told[2]).toEqual({ route: '$disconnect', connectionId, viewer: VIEWER })
    expect(await channel.send(connectionId, 'x')).toBe(false)
  })

  test('has an id of its own', async () => {
    const { told, opened } = await newSockets()
    await Promise.all([opened(), opened(), opened()])
    await until(() => told.length === 3)
    expect(new Set(told.map(({ connectionId }) => connectionId)).size).toBe(3)
  })

  test('that is cut off is told as well', async () => {
    const { told, opened } = await newSockets()
    const socket = await opened()
    socket.terminate()
    await until(() => told.at(-1)!.route === '$disconnect')
  })

  test('is heard in the order in which it speaks, and whoever sends frames is told after that', async () => {
    const waits = [30, 0, 10, 0]
    const { told, turnedTo, opened } = await newSockets({
      answer: async (route) => {
        if (route === '$default') await new Promise((done) => setTimeout(done, waits.shift()))
        return 200
      },
    })
    const socket = await opened()
    const ended: number[] = []
    for (const text of ['1', '2', '3', '4']) socket.send(text)
    socket.close()
    await until(() => {
      ended.push(turnedTo.length)
      return told.length === 6 && turnedTo.length === 6
    })
    expect(told.map(({ route, body }) => body ?? route)).toEqual(['$connect', '1', '2', '3', '4', '$disconnect'])
    expect(new Set(turnedTo)).toEqual(new Set(['demo']))
  })

  test('that says too much at once is closed', async () => {
    const { told, opened } = await newSockets()
    const socket = await opened()
    const end = closed(socket)
    socket.send('x'.repeat(64 * 1024 + 1))
    expect([1006, 1009]).toContain(await end)
    await until(() => told.at(-1)!.route === '$disconnect')
    expect(told.map(({ route }) => route)).toEqual(['$connect', '$disconnect'])
  })

  test.each<[string, () => number | Promise<number>]>([
    ['refuses', () => 401],
    ['fails', () => Promise.reject(new Error('the store is gone'))],
  ])('that the function %s is closed', async (_what, answer) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => logged.mockRestore())
    const { opened } = await newSockets({ answer: (route) => (route === '$connect' ? answer() : 200) })
    expect(await closed(await opened())).toBe(1011)
  })

  test('that the functions cannot be told of is no reason to fall', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => logged.mockRestore())
    const { told, opened } = await newSockets({
      answer: (route) => (route === '$connect' ? 200 : Promise.reject(new Error('the store is gone'))),
    })
    const socket = await opened()
    socket.send('x')
    socket.close()
    await until(() => told.length === 3)
    await new Promise((done) => setTimeout(done, 20))
    expect(logged).toHaveBeenCalledTimes(2)
  })
})

describe('a handshake', () => {
  test.each([
    ['of a program with a token', {}, '/ws', 101],
    ['with a question mark', {}, '/ws?since=1', 101],
    ['elsewhere', {}, '/wss', 404],
    ['at the root', {}, '/', 404],
    ['with no token', { headers: { authorization: '' } }, '/ws', 401],
    ['with a wrong one', { headers: { authorization: 'Bearer bad' } }, '/ws', 401],
    // DNS rebinding.
    ['for another host', { headers: { host: 'evil.example' } }, '/ws', 421],
    ['for another host, with no token', { headers: { host: 'evil.example', authorization: '' } }, '/ws', 421],
    // A page elsewhere, with the visitor's cookie.
    ['from a page elsewhere', { origin: 'https://evil.example' }, '/ws', 403],
    ['from a page of another program here', { origin: 'http://127.0.0.1:1' }, '/ws', 403],
    ['from a page without a name', { origin: 'null' }, '/ws', 403],
    ['from nonsense', { origin: 'nonsense' }, '/ws', 403],
    ['that the browser says is cross-site', { headers: { 'sec-fetch-site': 'cross-site' } }, '/ws', 403],
  ] as const)('%s', async (_what, options, path, status) => {
    const { statusOf, told } = await newSockets()
    expect(await statusOf(options, path)).toBe(status)
    if (status !== 101) expect(told).toEqual([])
  })

  test.each([
    ['elsewhere', {}, '/wss', 404, 'There is no socket here: it is at /ws'],
    ['with no ticket', { headers: { authorization: '' } }, '/ws', 401, 'A page brings a ticket of POST /live/tickets'],
    ['with a used ticket', { headers: { authorization: '' } }, '/ws?ticket=used', 401, 'This ticket is not known'],
    ['for another host', { headers: { host: 'evil.example' } }, '/ws', 421, 'This engine answers to 127.0.0.1'],
    ['from a page elsewhere', { origin: 'https://evil.example' }, '/ws', 403, 'A page of another origin'],
    ['that cannot be judged', { headers: { authorization: 'Bearer broken' } }, '/ws', 500, 'a defect of ours'],
  ] as const)('%s is refused with a problem document', async (_what, options, path, status, title) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => logged.mockRestore())
    const { refusalOf } = await newSockets({
      authorize: async ({ authorization }) => {
        if (authorization === 'Bearer broken') throw new Error('secrets cannot be read')
        return authorization === 'Bearer good' ? VIEWER : undefined
      },
    })
    const body = { type: 'about:blank', title: expect.stringContaining(title), status }
    expect(await refusalOf(options, path)).toEqual({ status, type: PROBLEM, body })
  })

  test('in a version of the protocol that is not spoken is told which one is', async () => {
    const { port } = await newSockets()
    const headers = {
      ...{ authorization: 'Bearer good', connection: 'Upgrade', upgrade: 'websocket' },
      ...{ 'sec-websocket-version': '7', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
    }
    const response = await new Promise<IncomingMessage>((done) => {
      get({ port, host: '127.0.0.1', path: '/ws', headers }, done)
    })
    const title = expect.stringContaining('This is no handshake of a socket')
    expect(JSON.parse(await text(response))).toEqual({ type: 'about:blank', title, status: 400 })
    expect(response.statusCode).toBe(400)
    expect(response.headers).toMatchObject({ 'content-type': PROBLEM, 'sec-websocket-version': '13' })
  })

  test('without the right is refused with its name', async () => {
    const { refusalOf } = await newSockets({ missing: 'catalogue:read' })
    const title = expect.stringContaining('This needs the right catalogue:read')
    expect(await refusalOf()).toEqual({ status: 403, type: PROBLEM, body: { type: 'about:blank', title, status: 403 } })
  })

  test('from a page of ours brings its cookie', async () => {
    const asked: (readonly string[])[] = []
    const { port, statusOf } = await newSockets({
      authorize: async (_headers, cookies) => {
        asked.push(cookies)
        return VIEWER
      },
    })
    const headers = { authorization: '', cookie: 'a=b; counterflow-session=x.y.z' }
    expect(await statusOf({ headers, origin: `http://127.0.0.1:${port}` })).toBe(101)
    expect(asked[0]).toEqual(['a=b', 'counterflow-session=x.y.z'])
  })

  test('brings its ticket', async () => {
    const asked: object[] = []
    const { statusOf } = await newSockets({
      authorize: async (_headers, _cookies, more) => {
        asked.push(more)
        return VIEWER
      },
    })
    expect(await statusOf({ headers: { authorization: '' } }, '/ws?ticket=a%2Bb')).toBe(101)
    expect(asked[0]).toEqual({ routeKey: '$connect', queryStringParameters: { ticket: 'a+b' } })
  })

  test('that cannot be judged opens nothing, and the next one is judged again', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => logged.mockRestore())
    let isDown = true
    const { statusOf, told } = await newSockets({
      authorize: async () => {
        if (isDown) throw new Error('secrets cannot be read')
        return VIEWER
      },
    })
    expect(await statusOf()).not.toBe(101)
    expect(told).toEqual([])
    isDown = false
    expect(await statusOf()).toBe(101)
  })

  test.each(['/elsewhere', '/ws'])('that is cut off in the middle is no reason to fall: %s', async (path) => {
    const { port, statusOf } = await newSockets({
      authorize: async ({ authorization }) => {
        await new Promise((done) => setTimeout(done, 10))
        return authorization === 'Bearer good' ? VIEWER : undefined
      },
    })
    const upgrade = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ].join('\r\n')
    for (const authorization of ['\r\nAuthorization: Bearer good', '']) {
      await Promise.all(
        Array.from(
          { length: 20 },
          (_, i) =>
            new Promise<void>((done) => {
              const socket = connectTo(port, '127.0.0.1', () => {
                socket.write(`${upgrade}${authorization}\r\n\r\n`, () =>
                  setTimeout(() => socket.resetAndDestroy(), i % 5),
                )
              })
              socket.on('error', () => {})
              socket.on('close', () => setTimeout(done, 20))
            }),
        ),
      )
    }
    expect(await statusOf()).toBe(101)
  })
})

describe('connections that say nothing', () => {
  const PING_MS = 30_000

  test('are asked, and those that do not answer are let go', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { told, opened } = await newSockets()
    const [lively, deaf] = [await opened(), await opened({ autoPong: false })]
    const end = closed(deaf)
    const pinged = new Promise((done) => lively.once('ping', done))
    vi.advanceTimersByTime(PING_MS)
    await pinged
    await new Promise((done) => setTimeout(done, 20))
    expect(deaf.readyState).toBe(WebSocket.OPEN)
    vi.advanceTimersByTime(PING_MS)
    expect(await end).toBe(1006)
    await until(() => told.some(({ route }) => route === '$disconnect'))
    expect(lively.readyState).toBe(WebSocket.OPEN)
  })
})

describe('when the engine stops', () => {
  test('open connections are told why', async () => {
    const { sockets, server, opened, told } = await newSockets()
    const ends = [await opened(), await opened()].map(closed)
    sockets.close()
    expect(await Promise.all(ends)).toEqual([1001, 1001])
    await new Promise((done) => server.close(done))
    await until(() => told.filter(({ route }) => route === '$disconnect').length === 2)
  })

  test('one that does not answer does not hold it up', async () => {
    const { sockets, server, opened } = await newSockets()
    const socket = await opened()
    // It reads nothing more, so it never hears that it should close.
    socket.pause()
    const startedAt = Date.now()
    sockets.close()
    await new Promise((done) => server.close(done))
    expect(Date.now() - startedAt).toBeLessThan(2_500)
  })
})
