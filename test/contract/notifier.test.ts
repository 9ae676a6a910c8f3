import { describe, expect, test } from 'vitest'
import { WebhookNotifier } from '#adapters/embedded/webhook-notifier.ts'
import { type NotifierImplementation, notifierContract } from './notifier.contract.ts'
import { onAws } from './on-aws.ts'

const webhook: NotifierImplementation = {
  name: 'WebhookNotifier',
  patienceMs: 5_000,
  open: async (address) => new WebhookNotifier({ addressOf: async () => address, log: () => {} }),
}

for (const implementation of [webhook, ...onAws<NotifierImplementation>([])]) notifierContract(implementation)

describe('WebhookNotifier', () => {
  const notice = { id: 'e1.0', merchantId: 'demo', storeId: 's1', subject: 's', text: 't', data: {} }

  test('logs a notice once it has been taken, and no sooner', async () => {
    const lines: string[] = []
    const log = (line: string) => lines.push(line)
    await new WebhookNotifier({ addressOf: async () => undefined, log }).notify(notice)
    expect(lines.map((line) => JSON.parse(line))).toEqual([notice])
    const refused = new WebhookNotifier({ addressOf: async () => 'http://127.0.0.1:1/', log }).notify(notice)
    await expect(refused).rejects.toThrow()
    expect(lines.length).toBe(1)
  })

  test('asks for the address of the notice’s own merchant', async () => {
    const asked: string[] = []
    const addressOf = async (merchantId: string) => {
      asked.push(merchantId)
      return undefined
    }
    await new WebhookNotifier({ addressOf, log: () => {} }).notify({ ...notice, merchantId: 'other' })
    expect(asked).toEqual(['other'])
  })
})
