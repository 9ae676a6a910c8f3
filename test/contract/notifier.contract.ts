/** What every `Notifier` that posts to an address promises. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Notice, Notifier } from '#core/ports.ts'

export type NotifierImplementation = {
  readonly name: string
  /** A notifier of merchants whose address is this one; undefined: they have none. */
  readonly open: (address: string | undefined) => Promise<Notifier>
  /** How long it waits for a receiver at most. */
  readonly patienceMs: number
}

const notice: Notice = {
  id: 'e1.0',
  merchantId: 'demo',
  storeId: 's1',
  subject: 'critical: Lamp é',
  text: 'Lamp is sold out. Reorder it, or take it off sale.',
  data: { onHand: 0 },
}

type Received = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function receiver(answer: (response: ServerResponse, path: string) => void) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ method: request.method!, path: request.url!, headers: request.headers, body })
      answer(response, request.url!)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const openConnections = () => new Promise<number>((done) => server.getConnections((_error, count) => done(count)))
  return {
    received,
    openConnections,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=secret`,
  }
}

const answers = (status: number, headers: Record<string, string> = {}) =>
  receiver((response) => response.writeHead(status, headers).end('said'))

export function notifierContract({ name, open, patienceMs }: NotifierImplementation): void {
  describe(`${name} is a notifier`, () => {
    test('the receiver gets the notice whole, with its id', async () => {
      const { received, address } = await answers(200)
      await (await open(address)).notify(notice)
      expect(received.length).toBe(1)
      const { method, path, headers, body } = received[0]!
      expect([method, path, headers['webhook-id'], headers['content-type']]).toEqual([
        'POST',
        '/hook?key=secret',
        'e1.0',
        'application/json',
      ])
      expect(JSON.parse(body)).toEqual(notice)
    })

    test.each([undefined, ''])('nobody is asked where the address is %j', async (address) => {
      await expect((await open(address)).notify(notice)).resolves.toBeUndefined()
    })

    test.each([200, 201, 202, 204, 299])('%d says that it has it', async (status) => {
      const { received, address } = await answers(status)
      await (await open(address)).notify(notice)
      expect(received.length).toBe(1)
    })

    test.each([400, 401, 404, 410, 429, 500, 503])('%d says that it has not', async (status) => {
      const { received, address } = await answers(status)
      const error = await (await open(address)).notify(notice).catch((it) => it)
      expect(error).toBeInstanceOf(Error)
      expect(error.message).toContain(String(status))
      expect(error.message).toContain('e1.0')
      // Addresses of receivers hold their keys.
      expect(error.message).not.toContain('secret')
      expect(received.length).toBe(1)
    })

    test.each([301, 302, 303, 307, 308])('%d leads nowhere', async (status) => {
      const elsewhere = await answers(200)
      const { received, address } = await answers(status, { location: elsewhere.address })
      await expect((await open(address)).notify(notice)).rejects.toThrow()
      expect(received.length).toBe(1)
      expect(elsewhere.received).toEqual([])
    })

    test('a receiver that is not there has not got it', async () => {
      const { address } = await answers(200)
      const { port } = new URL(address)
      const dead = createServer().listen(0, '127.0.0.1')
      await new Promise((done) => dead.once('listening', done))
      const { port: deadPort } = dead.address() as AddressInfo
      await new Promise((done) => dead.close(done))
      const error = await (await open(address.replace(port, String(deadPort)))).notify(notice).catch((it) => it)
      expect(error).toBeInstanceOf(Error)
      expect(error.message).toContain('ECONNREFUSED')
    })

    test('one that does not answer has not got it', async () => {
      const { address } = await receiver(() => {})
      const startedAt = Date.now()
      await expect((await open(address)).notify(notice)).rejects.toThrow()
      expect(Date.now() - startedAt).toBeLessThan(patienceMs + 2_000)
    })

    test('many notices leave few connections open, whatever the receiver says', async () => {
      const { received, openConnections, address } = await receiver((response) => response.end('x'.repeat(200_000)))
      const notifier = await open(address)
      for (let i = 0; i < 20; i++) await notifier.notify({ ...notice, id: `e${i}.0` })
      expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(
        Array.from({ length: 20 }, (_, i) => `e${i}.0`),
      )
      await new Promise((done) => setTimeout(done, 50))
      expect(await openConnections()).toBeLessThanOrEqual(3)
    })
  })
}
