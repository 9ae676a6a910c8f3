/** Every example of the API's description is sent to a running engine, and answered as the description says. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_BODY_BYTES, MAX_SEGMENT } from '#core/api/limits.ts'
import { liveMessage } from '#core/api/live.ts'
import { REFUSALS } from '#core/api/refusals.ts'
import { ownerToken } from '#local/client.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { Checker, type Document, operationsIn } from '#test/describe/documents.ts'
import { type Sent, sendExamples } from '#test/describe/send-examples.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { putRows } from '#test/fixtures/put-rows.ts'
import { type Answer, type Listener, until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'

let data = ''
let engine: RunningEngine
let listener: Listener
let api: Document
let live: Document
let checker: Checker
const sent: Sent[] = []
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-examples-'))
  await putRows(data, exampleMorning(DEMO_MERCHANT))
  engine = await RunningEngine.start(data)
  api = (await engine.get('/openapi.json')).body
  live = (await engine.get('/asyncapi.json')).body
  checker = new Checker(api)
  listener = await engine.listen()
  const asking = { address: engine.address, token: () => ownerToken(data) }
  for await (const answer of sendExamples(asking, () => engine.settled())) sent.push(answer)
}, 120_000)
afterAll(async () => {
  await listener.close()
  await engine.stop()
  rmSync(data, { recursive: true, force: true })
})

describe('routes', () => {
  it('each has an example of each status that it answers when all is well', () => {
    const shown = new Set(sent.map(({ example: [route, status] }) => `${route} ${status}`))
    const without = operationsIn(api).flatMap(({ route, operation }) =>
      Object.entries<Document>(operation.responses)
        .filter(([status, { $ref }]) => $ref === undefined && !shown.has(`${route} ${status}`))
        .map(([status]) => `${route} ${status}`),
    )
    expect(without).toEqual([])
  })

  it('each example is answered as the description says', () => {
    const wrong = sent.flatMap(({ example: [route, status, path], type, body, ...answer }) => {
      const problems = checker.problemsOfAnswer(route, { status: answer.status, type, body })
      if (answer.status === status && problems === '') return []
      return [`${path}: ${answer.status} for ${status} ${problems} ${JSON.stringify(body)?.slice(0, 300)}`]
    })
    expect(wrong).toEqual([])
  })

  it('answers bring the headers that are described', () => {
    for (const { example, headers } of sent) {
      const [route, status] = example
      const { operation } = operationsIn(api).find((it) => it.route === route)!
      for (const name of Object.keys(operation.responses[status].headers ?? {}))
        expect(headers.get(name), `${route} ${status} ${name}`).not.toBeNull()
    }
  })

  /** How each refusal comes about; those of 410 and 503 need broken or full disks, and have tests of their own. */
  const refusals: Record<number, () => Promise<Pick<Answer, 'status' | 'body'> & Partial<Answer>>> = {
    400: () => engine.get('/item/%ZZ'),
    401: () => engine.ask('GET', '/metrics', { asStranger: true }),
    403: () => engine.post('/sign-out', undefined, { headers: { origin: 'http://elsewhere.test' } }),
    404: () => engine.get('/item/nobody-sells-this'),
    409: () => engine.post('/settings', { name: 'lowStockWarningDays', value: 3, before: 5 }),
    413: () => engine.post('/settings', { name: 'x'.repeat(MAX_BODY_BYTES) }),
    414: () => engine.get(`/item/${'x'.repeat(MAX_SEGMENT + 1)}`),
    415: () =>
      engine.post('/settings', undefined, { bytes: Buffer.from('a'), headers: { 'content-type': 'text/plain' } }),
    421: async () => {
      const { status, body } = await engine.raw('GET', '/healthz', { host: 'elsewhere.test' })
      return { status, body: JSON.parse(body) }
    },
    422: () => engine.get('/alerts?limit=0'),
    429: async () => {
      const secret = 'a-secret-of-our-own'
      const opened = await engine.post('/integrations', { source: 'generic', proof: 'token', secret, ratePerSecond: 1 })
      const send = () => engine.post(opened.body.path, {}, { headers: { 'x-webhook-token': secret }, asStranger: true })
      return until(
        async () => {
          const answer = await send()
          return answer.status === 429 ? answer : undefined
        },
        10_000,
        'a delivery to be one too many',
      )
    },
  }
  const UNPROVOKED = [410, 503]

  it('every refusal is provoked, or named as one that cannot be', () => {
    expect([...Object.keys(refusals).map(Number), ...UNPROVOKED].sort()).toEqual(Object.keys(REFUSALS).map(Number))
  })

  it.each(Object.keys(refusals).map(Number))('%i is refused as the description shows', async (status) => {
    const answer = await refusals[status]!()
    const { content, headers = {} } = api.components.responses[`Refusal${status}`]
    const { example } = content['application/problem+json']
    expect(answer.body).toEqual(example)
    expect(answer.status).toBe(status)
    for (const name of Object.keys(headers)) expect(answer.headers?.get(name)).toMatch(/^\d+$/)
  })
})

describe('messages', () => {
  const examplesOf = (name: string): Document[] =>
    live.components.messages[name].examples.map(({ payload }: Document) => payload)
  const isSaid = (name: string): boolean =>
    live.operations.say.messages.some(({ $ref }: Document) => $ref.endsWith(`/${name}`))

  it('each message that the description names has an example', () => {
    for (const { name, examples } of Object.values<Document>(live.components.messages))
      expect(examples.length, name).toBeGreaterThan(0)
  })

  it('each that a client may say is understood, and answered as the description says', async () => {
    const said = Object.keys(live.components.messages).filter(isSaid)
    expect(said.length).toBeGreaterThan(0)
    for (const message of said.flatMap(examplesOf)) {
      const before = listener.heard.length
      listener.say(message)
      const heard = () => listener.heard.slice(before)
      const { topics, stores } = await until(
        () => heard().find(({ type }) => type === 'subscribed') as { topics: string[]; stores: string[] | null },
        5_000,
        `an answer to ${JSON.stringify(message)}`,
      )
      expect([topics, stores]).toEqual([message.topics ?? expect.any(Array), message.stores ?? null])
      await until(() => heard().some(({ type }) => type === 'snapshot'), 5_000, 'the snapshot')
      expect(heard().filter(({ type }) => type === 'problem')).toEqual([])
    }
  })

  it('what is not understood is answered as the description shows', async () => {
    listener.say({ type: 'subscribe', topics: ['weather'] })
    const problem = await until(() => listener.heard.find(({ type }) => type === 'problem'), 5_000, 'the problem')
    expect(problem).toEqual(examplesOf('LiveProblem')[0])
  })

  it('the engine sends one of each topic, and everything as the description says', async () => {
    const topics = liveMessage.options.map(({ shape }) => shape.topic.value)
    await until(() => topics.every((topic) => listener.messages(topic).length > 0), 5_000, `all of ${topics}`)
    const messages = new Checker(live)
    const shapes: Record<string, string> = { subscribed: 'Subscribed', problem: 'LiveProblem' }
    for (const message of listener.heard)
      expect(messages.problems(['components', 'schemas', shapes[message.type] ?? 'LiveFrame'], message)).toBe('')
  })
})
