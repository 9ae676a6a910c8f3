import { EXAMPLES } from '#core/api/examples.ts'
import type { RecordedExample } from '#core/api/recorded-examples.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { ShopInTest } from '#test/golden/shop-in-test.ts'
import { withoutChance } from './without-chance.ts'

/** The moment at which the examples happen. */
const AT = '2026-03-02T10:00:00Z'
/** A document would be shown within itself. */
const isShown = (route: string): boolean => !/\/docs|api\.json$/.test(route)

/**
 * Every example with its answer. The same each time: clock and ids are fixed, and what is drawn by lot, as secrets are,
 * gives way to something that looks like it.
 */
export const recordExamples = async (): Promise<RecordedExample[]> => withoutChance(await record(), await record())

/** Sends every example to a shop in memory, in order. */
async function record(): Promise<RecordedExample[]> {
  const shop = new ShopInTest()
  await shop.state.commit(exampleMorning(DEMO_MERCHANT))
  const recorded: RecordedExample[] = []
  for (const [route, status, path, body, headers] of EXAMPLES) {
    const sent = await shop.send({ at: AT, [route.split(' ')[0]!]: path, body, headers })
    if (sent.status !== status)
      throw new Error(`${route} is no example of ${status}: ${sent.status} ${JSON.stringify(sent.body)}`)
    const { params, query, sent: asked } = sent
    const answer = sent.body !== undefined && isShown(route) ? { answer: sent.body } : {}
    recorded.push({
      route,
      status,
      path: sent.path,
      params,
      query,
      ...(headers && { headers }),
      ...(body && { body: asked }),
      ...answer,
    })
  }
  return recorded
}
