import { describe, expect, test } from 'vitest'
import { WebhookNotifier } from '#adapters/embedded/webhook-notifier.ts'
import { type NotifierImplementation, notifierContract } from './notifier.contract.ts'
import { onAws } from './on-aws.ts'

const webhook: NotifierImplementation = {
  name: 'WebhookNotifier',
  patienceMs: 5_000,
  open: async (address) => new WebhookNotifier({ addressOf: async () => address }),
}

for (const implementation of [webhook, ...onAws<NotifierImplementation>([])]) notifierContract(implementation)

describe('WebhookNotifier', () => {
  const notice = { id: 'e1.0', merchantId: 'demo', storeId: 's1', subject: 's', text: 't', data: {} }

  test('asks for the address of the notice’s own merchant', async () => {
    const asked: string[] = []
    const addressOf = async (merchantId: string) => {
      asked.push(merchantId)
      return undefined
    }
    await new WebhookNotifier({ addressOf }).notify({ ...notice, merchantId: 'other' })
    expect(asked).toEqual(['other'])
  })
})
