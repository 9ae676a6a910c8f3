import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { type Behaviour, NOTICE, notifierContract } from '#test/contract/notifier.contract.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { SnsModel, type TopicState } from '#test/fakes/sns-model.ts'
import { SnsNotifier } from './sns-notifier.ts'

const ARN = 'arn:aws:sns:eu-west-1:123456789012:notices-shop'
const PATIENCE_MS = 200

function topic(state: TopicState = 'takes') {
  const model = new SnsModel()
  model.state = state
  const regions: string[] = []
  const clientFor = (region: string) => {
    regions.push(region)
    return model.client
  }
  const clock = new FixedClock(Date.now())
  const notifier = new SnsNotifier({ clientFor, clock, sign: signStandardWebhooks, patienceMs: PATIENCE_MS })
  return {
    model,
    regions,
    notifier,
    to: (...secrets: string[]) => ({ channel: 'webhook', url: ARN, secrets }) as const,
  }
}

const STATES: Readonly<Record<Behaviour, TopicState>> = {
  takes: 'takes',
  refuses: 'throttled',
  never: 'invalid',
  hangs: 'hangs',
  absent: 'absent',
}
let present = topic()
notifierContract({
  name: 'SnsNotifier',
  behaviours: ['takes', 'refuses', 'never', 'hangs', 'absent'],
  patienceMs: PATIENCE_MS,
  open: async () => ({ notify: (notice, to) => present.notifier.notify(notice, to as ReturnType<typeof present.to>) }),
  receiver: async (behaviour) => {
    present = topic(STATES[behaviour])
    const { model, to } = present
    return {
      to: to(),
      secrets: [ARN, '123456789012'],
      received: () =>
        model.published.map(({ attributes, texts }) => ({ id: attributes['webhook-id']!, text: texts.email! })),
    }
  },
})

describe('a topic', () => {
  test('gets the notice whole for programs, a text for people, and what subscriptions choose by', async () => {
    const { model, regions, notifier, to } = topic()
    await notifier.notify(NOTICE, to())
    await notifier.notify(NOTICE, to())
    expect(regions).toEqual(['eu-west-1'])
    const { subject, texts, attributes } = model.published[0]!
    expect(JSON.parse(texts.default!)).toEqual(NOTICE)
    expect(texts.sms).toBe(`${NOTICE.subject}. ${NOTICE.text}`)
    expect(subject).toBe('critical: Lamp e')
    expect(attributes).toEqual({
      'webhook-id': NOTICE.id,
      merchantId: 'demo',
      storeId: 's1',
      kind: 'out-of-stock',
      severity: 'CRITICAL',
    })
  })

  test('can prove it by each secret that counts, as a webhook would', async () => {
    const secrets = [1, 2].map((n) => `whsec_${Buffer.alloc(32, n).toString('base64')}`)
    const { model, notifier, to } = topic()
    await notifier.notify(NOTICE, to(...secrets))
    const { texts, attributes } = model.published[0]!
    for (const secret of secrets) expect(new Webhook(secret).verify(texts.default!, attributes)).toEqual(NOTICE)
  })

  test.each([
    ['a\nBcc: eve', 'aBcc: eve'],
    ['नमस्ते', 'Counterflow'],
    ['x'.repeat(101), 'x'.repeat(100)],
  ])('a subject of %j is one that SNS takes', async (subject, taken) => {
    const { model, notifier, to } = topic()
    expect(await notifier.notify({ ...NOTICE, subject }, to())).toMatchObject({ fate: 'taken' })
    expect(model.published[0]!.subject).toBe(taken)
  })

  test.each([
    ['gone', 'gone', 404],
    ['forbidden', 'later', 403],
    ['throttled', 'later', 429],
    ['invalid', 'never', 400],
  ] as const)('%s: so %s', async (state, fate, status) => {
    const { notifier, to } = topic(state)
    expect(await notifier.notify(NOTICE, to())).toMatchObject({ fate, status })
  })

  test.each([
    'arn:aws:sns:eu-west-1:123456789012:alarms',
    `${ARN}.fifo`,
    'arn:aws:sqs:eu-west-1:123456789012:notices-shop',
  ])('%s is refused, and never tried', async (url) => {
    const { model, notifier, to } = topic()
    expect(notifier.refusal({ ...to(), url })).toContain('notices-NAME')
    expect(await notifier.notify(NOTICE, { ...to(), url })).toMatchObject({ fate: 'never' })
    expect(model.published).toEqual([])
  })
})
