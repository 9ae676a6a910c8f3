/** Notices of a running engine, as people and programs outside get them. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { until } from './engine-api.ts'
import { engineFor, type RunningEngine, run } from './running-engine.ts'

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
}

type Posted = { readonly headers: Record<string, string>; readonly body: string }

async function receiver(): Promise<{ posted: Posted[]; url: string }> {
  const posted: Posted[] = []
  const url = await listening((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      posted.push({ headers: request.headers as Record<string, string>, body })
      response.writeHead(204).end()
    })
  })
  return { posted, url }
}

async function mailServer(): Promise<{ mails: string[]; url: string }> {
  const mails: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, callback) => {
      let text = ''
      stream.on('data', (chunk) => {
        text += chunk
      })
      stream.on('end', () => {
        mails.push(text)
        callback()
      })
    },
  })
  server.on('error', () => {}) // the engine goes away when the test is over
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  onTestFinished(() => void server.close())
  return { mails, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

/** One of a product comes and is sold. */
async function sellOut(engine: RunningEngine, productId: string): Promise<void> {
  const events = [
    { type: 'stock.received', id: `in-${productId}`, storeId: 'shop', data: { productId, quantity: 1 } },
    {
      transaction_id: `out-${productId}`,
      product_id: productId,
      store_id: 'shop',
      amount: 10,
      timestamp: new Date().toISOString(),
    },
  ]
  expect((await engine.post('/collect', { events })).status).toBe(202)
}

const MAIL = { COUNTERFLOW_MAIL_FROM: 'The shop <shop@example.com>' }

test('an alert reaches its owner by e-mail and log, a webhook signed, and the setting of before as ever', async () => {
  const [mail, signed, old] = await Promise.all([mailServer(), receiver(), receiver()])
  const env = { ...process.env, ...MAIL, COUNTERFLOW_SMTP_URL: mail.url }
  const data = temporaryFolder()
  const engine = await engineFor(data, [], { env })
  const command = (...args: string[]) => run(['notices', ...args, '--data', data]).ended
  expect(await command('choose', '--channels', 'email,log', '--email', 'asha@example.in')).toBe(0)
  const { body: made } = await engine.post('/notices/webhooks', { url: signed.url })
  await engine.post('/settings', { name: 'noticeWebhookUrl', value: old.url })
  await engine.settled()
  await sellOut(engine, 'LAMP')
  await until(() => mail.mails.length > 0 && signed.posted.length > 0 && old.posted.length > 0, 20_000, 'the notice')
  const { headers, body } = signed.posted[0]!
  const notice = new Webhook(made.secret).verify(body, headers) as { id: string }
  expect(notice).toMatchObject({ kind: 'out-of-stock', storeId: 'shop', data: { productId: 'LAMP' } })
  expect(JSON.parse(old.posted[0]!.body)).toEqual(notice)
  expect(mail.mails[0]).toContain(notice.id)
  expect(mail.mails[0]).toMatch(/^To: asha@example\.in\r$/m)
  await until(() => engine.said.includes(notice.id), 5_000, 'the line in the log')
  expect(engine.said).not.toContain('asha@')
  const log = await until(
    async () => {
      const { items } = (await engine.get('/notices/deliveries')).body
      return items.length === 2 ? items : undefined
    },
    5_000,
    'both lines',
  )
  expect(log.map(({ channel, status }: Record<string, string>) => `${channel} ${status}`).sort()).toEqual([
    'email taken',
    'log taken',
  ])
  expect(JSON.stringify(log)).not.toContain('asha@')
  expect(await command('test', '--channel', 'email')).toBe(0)
  expect(mail.mails.length).toBe(2)
})

test('the engine stops in time beside a receiver that never answers, which gets the same notice at the next start', async () => {
  const ids: string[] = []
  const url = await listening((request) => void ids.push(request.headers['webhook-id'] as string))
  const data = temporaryFolder()
  const first = await engineFor(data)
  await first.post('/notices/webhooks', { url })
  await sellOut(first, 'LAMP')
  await until(() => ids.length > 0, 20_000, 'the first attempt')
  const { code, tookMs } = await first.stop()
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(4_800)
  expect(first.said).not.toMatch(/Error/)
  await engineFor(data)
  await until(() => ids.length > 1, 20_000, 'the next attempt')
  expect(new Set(ids).size).toBe(1)
})

test.each([
  [{ COUNTERFLOW_SMTP_URL: 'smtp://mail.example' }, /COUNTERFLOW_MAIL_FROM is not/],
  [MAIL, /COUNTERFLOW_SMTP_URL is not/],
  [{ ...MAIL, COUNTERFLOW_SMTP_URL: 'https://u:hidden@mail.example' }, /is not an address like smtp/],
  [{ COUNTERFLOW_SMTP_URL: 'smtp://mail.example', COUNTERFLOW_MAIL_FROM: 'the shop' }, /is not a sender like/],
])('%j does not start', async (more, said) => {
  const args = ['start', '--no-simulator', '--port', '0', '--data', temporaryFolder()]
  const { lines, ended } = run(args, { env: { ...process.env, ...more } })
  expect(await ended).toBe(1)
  expect(lines.join('')).toMatch(said)
  expect(lines.join('')).not.toContain('hidden')
})
