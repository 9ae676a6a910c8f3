import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ChannelNotifier, NO_MAIL_SERVER, NO_TOPICS } from '#adapters/embedded/channel-notifier.ts'
import { LogNotifier } from '#adapters/embedded/log-notifier.ts'
import { SmtpNotifier } from '#adapters/embedded/smtp-notifier.ts'
import { systemClock } from '#adapters/embedded/system-clock.ts'
import { WebhookNotifier } from '#adapters/embedded/webhook-notifier.ts'
import type { Clock, Receiver } from '#core/ports.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import {
  type Behaviour,
  NOTICE,
  type NotifierImplementation,
  notifierContract,
  type ReceiverInTest,
} from './notifier.contract.ts'

const PATIENCE_MS = 500

// --- Webhooks ------------------------------------------------------------------------------------------------------

type Posted = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function web(answer: (response: ServerResponse) => void) {
  const posted: Posted[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      posted.push({ method: request.method!, path: request.url!, headers: request.headers, body })
      answer(response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const openConnections = () => new Promise<number>((done) => server.getConnections((_error, count) => done(count)))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=hidden`
  return { posted, openConnections, url }
}
const answers = (status: number, headers: Record<string, string> = {}) =>
  web((response) => response.writeHead(status, headers).end('said'))
const to = (url: string, ...secrets: readonly string[]) => ({ channel: 'webhook', url, secrets }) as const

const webhookNotifier = (clock: Clock = systemClock, privateAllowed = true) =>
  new WebhookNotifier({ clock, sign: signStandardWebhooks, privateAllowed, timeoutMs: PATIENCE_MS })

/** A port of this machine at which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function webReceiver(behaviour: Behaviour): Promise<ReceiverInTest> {
  const { posted, url } = behaviour === 'hangs' ? await web(() => {}) : await answers(behaviour === 'takes' ? 200 : 503)
  const address = behaviour === 'absent' ? `http://127.0.0.1:${await deadPort()}/hook?key=hidden` : url
  const shown = behaviour === 'never' ? 'http://ada:hidden@127.0.0.1/' : address
  return {
    to: to(shown),
    secrets: ['hidden'],
    received: () =>
      posted.map(({ headers, body }) => ({ id: headers['webhook-id'] as string, text: JSON.parse(body).text })),
  }
}

const webhook: NotifierImplementation = {
  name: 'WebhookNotifier',
  behaviours: ['takes', 'refuses', 'never', 'hangs', 'absent'],
  patienceMs: PATIENCE_MS,
  open: async () => carrying(webhookNotifier()),
  receiver: webReceiver,
}

// --- E-mail --------------------------------------------------------------------------------------------------------

type Mail = { readonly from: string; readonly to: readonly string[]; readonly text: string }
const ADDRESS = 'asha@example.in'

async function mailServer(options: Partial<SMTPServerOptions> = {}) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, callback) => {
      let text = ''
      stream.on('data', (chunk) => {
        text += chunk
      })
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        mails.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), text })
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => {}) // a client that goes away
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())))
  return { mails, port: (server.server.address() as AddressInfo).port }
}

const refusing = (responseCode: number): Partial<SMTPServerOptions> => ({
  onRcptTo: ({ address }, _session, callback) => callback(Object.assign(new Error(`no ${address}`), { responseCode })),
})

async function silentPort(): Promise<number> {
  const server = createTcpServer(() => {}).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** The port of the mail server that the next notifier is for: its address is no receiver's but the notifier's own. */
let mailPort = 0

async function mailReceiver(behaviour: Behaviour): Promise<ReceiverInTest> {
  const { mails, port } = await mailServer(
    behaviour === 'refuses' ? refusing(451) : behaviour === 'never' ? refusing(550) : {},
  )
  mailPort = behaviour === 'absent' ? await deadPort() : behaviour === 'hangs' ? await silentPort() : port
  return {
    to: { channel: 'email', address: ADDRESS },
    secrets: [ADDRESS, 'asha', String(mailPort)],
    received: () =>
      mails.map(({ text }) => ({ id: /^X-Counterflow-Notice: (.*)\r$/im.exec(text)![1]!, text: unfolded(text) })),
  }
}

/** Quoted-printable lines as they were written. */
const unfolded = (text: string): string => text.replaceAll('=\r\n', '')

function smtpNotifier(port: number, who = ''): SmtpNotifier {
  const url = `smtp://${who}127.0.0.1:${port}`
  const notifier = new SmtpNotifier({ url, from: 'The shop <shop@example.com>', patienceMs: PATIENCE_MS })
  onTestFinished(() => notifier.close())
  return notifier
}

const email: NotifierImplementation = {
  name: 'SmtpNotifier',
  behaviours: ['takes', 'refuses', 'never', 'hangs', 'absent'],
  patienceMs: 3 * PATIENCE_MS,
  open: async () => carrying(undefined, smtpNotifier(mailPort)),
  receiver: mailReceiver,
}

// --- The log -------------------------------------------------------------------------------------------------------

let lines: Record<string, unknown>[] = []
const logNotifier: NotifierImplementation = {
  name: 'LogNotifier',
  behaviours: ['takes'],
  patienceMs: 0,
  open: async () => carrying(undefined, undefined),
  receiver: async () => {
    lines = []
    return {
      to: { channel: 'log', name: 'u1' },
      secrets: [],
      // Its line names the notice; what it says is in `subject`.
      received: () => lines.map(({ id }) => ({ id: id as string, text: NOTICE.text })),
    }
  },
}

/** As the engine puts them together. */
const carrying = (webhooks = webhookNotifier(), mail: SmtpNotifier | undefined = undefined) =>
  new ChannelNotifier({
    email: mail,
    webhook: webhooks,
    log: new LogNotifier((line) => lines.push(line as Record<string, unknown>)),
    warn: (line) => lines.push(line as Record<string, unknown>),
  })

for (const implementation of [webhook, email, logNotifier]) notifierContract(implementation)

describe('WebhookNotifier', () => {
  const SECRETS = [`whsec_${Buffer.alloc(32, 1).toString('base64')}`, `whsec_${Buffer.alloc(32, 2).toString('base64')}`]

  test('posts the notice whole as JSON', async () => {
    const { posted, url } = await answers(204)
    await webhookNotifier().notify(NOTICE, to(url))
    expect(posted.length).toBe(1)
    const { method, path, headers, body } = posted[0]!
    expect([method, path, headers['content-type']]).toEqual(['POST', '/hook?key=hidden', 'application/json'])
    expect(JSON.parse(body)).toEqual(NOTICE)
    expect(headers['webhook-signature']).toBeUndefined()
  })

  test('signs so that the reference implementation proves it, by each secret that counts', async () => {
    const { posted, url } = await answers(200)
    await webhookNotifier().notify(NOTICE, to(url, ...SECRETS))
    const { body, headers } = posted[0]!
    for (const secret of SECRETS)
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(NOTICE)
    const another = new Webhook(`whsec_${Buffer.alloc(32, 3).toString('base64')}`)
    expect(() => another.verify(body, headers as Record<string, string>)).toThrow()
    expect(() => new Webhook(SECRETS[0]!).verify(`${body} `, headers as Record<string, string>)).toThrow()
  })

  test('each attempt is signed by its own time, under the same id', async () => {
    const { posted, url } = await answers(200)
    const clock = new FixedClock('2026-03-02T10:00:00Z')
    const notifier = webhookNotifier(clock)
    await notifier.notify(NOTICE, to(url, SECRETS[0]!))
    clock.advance(3_600_000)
    await notifier.notify(NOTICE, to(url, SECRETS[0]!))
    const [first, second] = posted.map(({ headers }) => headers)
    expect(Number(second!['webhook-timestamp']) - Number(first!['webhook-timestamp'])).toBe(3_600)
    expect([first!['webhook-id'], second!['webhook-id']]).toEqual([NOTICE.id, NOTICE.id])
  })

  test.each([200, 201, 202, 204, 299])('%d: it has it', async (status) => {
    const { url } = await answers(status)
    expect(await webhookNotifier().notify(NOTICE, to(url))).toEqual({ fate: 'taken', status })
  })

  test.each([400, 401, 404, 409, 429, 500, 502, 503, 504])('%d: later', async (status) => {
    const { url } = await answers(status)
    expect(await webhookNotifier().notify(NOTICE, to(url))).toMatchObject({ fate: 'later', status })
  })

  test('410: it is gone', async () => {
    const { url } = await answers(410)
    expect(await webhookNotifier().notify(NOTICE, to(url))).toMatchObject({ fate: 'gone', status: 410 })
  })

  test.each([301, 302, 303, 307, 308])('%d leads nowhere', async (status) => {
    const elsewhere = await answers(200)
    const { posted, url } = await answers(status, { location: elsewhere.url })
    expect(await webhookNotifier().notify(NOTICE, to(url))).toMatchObject({ fate: 'later', status })
    expect([posted.length, elsewhere.posted.length]).toEqual([1, 0])
  })

  test.each([
    ['120', 120_000],
    ['Mon, 02 Mar 2026 10:05:00 GMT', 300_000],
    ['Mon, 02 Mar 2026 09:00:00 GMT', undefined],
    ['soon', undefined],
  ])('Retry-After: %s', async (text, retryAfterMs) => {
    const { url } = await answers(503, { 'retry-after': text })
    const answer = await webhookNotifier(new FixedClock('2026-03-02T10:00:00Z')).notify(NOTICE, to(url))
    expect(answer).toEqual({ fate: 'later', status: 503, error: 'it answered 503', retryAfterMs })
  })

  test('reaches into no private network where it may not', async () => {
    const { posted, url } = await answers(200)
    const answer = await webhookNotifier(systemClock, false).notify(NOTICE, to(url))
    expect(answer).toMatchObject({ fate: 'never', error: expect.stringContaining('private network') })
    expect(posted).toEqual([])
  })

  test('many notices leave few connections open, whatever the receiver says', async () => {
    const { posted, openConnections, url } = await web((response) => response.end('x'.repeat(200_000)))
    for (let i = 0; i < 20; i++) await webhookNotifier().notify({ ...NOTICE, id: `e${i}` }, to(url))
    expect(posted.map(({ headers }) => headers['webhook-id'])).toEqual(Array.from({ length: 20 }, (_, i) => `e${i}`))
    await expect.poll(openConnections).toBeLessThanOrEqual(3)
  })
})

describe('SmtpNotifier', () => {
  const LOCKED = { authOptional: false, disabledCommands: ['STARTTLS'] }
  const receiver = (address: string): Extract<Receiver, { channel: 'email' }> => ({ channel: 'email', address })

  test('writes to the receiver alone, as a machine, with one Message-ID however often', async () => {
    const { mails, port } = await mailServer()
    for (let i = 0; i < 2; i++) await smtpNotifier(port).notify(NOTICE, receiver(ADDRESS))
    for (const { from, to: recipients, text } of mails) {
      expect([from, recipients]).toEqual(['shop@example.com', [ADDRESS]])
      expect(text).toContain(`Message-ID: <${NOTICE.id}@example.com>`)
      expect(text).toContain('From: The shop <shop@example.com>')
      expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/m)
      expect(text).toMatch(/^Subject: =\?UTF-8\?Q\?critical=3A_Lamp_=C3=A9\?=\r$/m)
    }
    expect(mails.length).toBe(2)
  })

  test('what a subject or an address holds adds no header and no receiver', async () => {
    const { mails, port } = await mailServer()
    const subject = 'Lamp\r\nBcc: eve@example.com'
    await smtpNotifier(port).notify({ ...NOTICE, subject }, receiver(ADDRESS))
    await smtpNotifier(port).notify(NOTICE, receiver(`${ADDRESS}, eve@example.com`))
    expect(mails[0]!.to).toEqual([ADDRESS])
    expect(mails[0]!.text).not.toMatch(/^Bcc:/im)
    expect(mails.slice(1).flatMap(({ to: recipients }) => recipients)).not.toContain('eve@example.com')
  })

  test.each([
    ['no password', '', LOCKED, 'later'],
    ['a wrong password', 'shop:hidden@', LOCKED, 'later'],
    ['a full mailbox', '', refusing(452), 'later'],
    ['nobody of that name', '', refusing(550), 'never'],
    [
      'a message that it refuses',
      '',
      {
        onData: (stream, _session, callback) => {
          stream.resume()
          stream.on('end', () => callback(Object.assign(new Error('spam'), { responseCode: 554 })))
        },
      },
      'never',
    ],
  ] satisfies [string, string, Partial<SMTPServerOptions>, string][])('%s', async (_, who, options, fate) => {
    const { port } = await mailServer({
      onAuth: (_auth, _session, callback) => callback(new Error('Invalid login')),
      ...options,
    })
    const answer = await smtpNotifier(port, who).notify(NOTICE, receiver(ADDRESS))
    expect(JSON.stringify(answer)).not.toContain('hidden')
    expect(answer).toMatchObject({ fate, error: expect.stringMatching(/\d{3}/) })
  })
})

describe('ChannelNotifier', () => {
  test('a topic of SNS is refused where none is reached, and is not asked for as an address', async () => {
    const topic = { channel: 'webhook', url: 'arn:aws:sns:eu-west-1:123456789012:notices-shop', secrets: [] } as const
    expect(carrying().refusal(topic)).toBe(NO_TOPICS)
    expect(await carrying().notify(NOTICE, topic)).toMatchObject({ fate: 'never', error: `the address ${NO_TOPICS}` })
  })

  test('without a mail server an e-mail is never sent: each delivery is told, the log once', async () => {
    lines = []
    const notifier = carrying()
    for (let i = 0; i < 3; i++)
      expect(await notifier.notify(NOTICE, { channel: 'email', address: ADDRESS })).toEqual({
        fate: 'never',
        status: null,
        error: NO_MAIL_SERVER,
      })
    expect(notifier.refusal({ channel: 'email', address: ADDRESS })).toBe(NO_MAIL_SERVER)
    expect(lines).toEqual([{ level: 'error', message: `an e-mail was not sent: ${NO_MAIL_SERVER}` }])
  })

  test('a line of the log says what, where and how bad', async () => {
    lines = []
    await carrying().notify(NOTICE, { channel: 'log', name: 'u1' })
    expect(lines).toEqual([
      {
        message: 'notice',
        id: NOTICE.id,
        merchantId: 'demo',
        storeId: 's1',
        kind: 'out-of-stock',
        severity: 'CRITICAL',
        happenedAt: NOTICE.at,
        subject: NOTICE.subject,
        to: 'u1',
      },
    ])
  })
})
