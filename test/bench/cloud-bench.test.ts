/** What an event may cost on DynamoDB: counted, so the same on every machine. `npm run bench -- cloud` prints all of it. */
import { expect, test } from 'vitest'
import { productCost, retailCoreCosts } from './cloud-bench.ts'

const BATCH = 500
const EVENTS = 8_000
const MOST = 4.5
const TIMEOUT_MS = 120_000

test(
  `every step of the product writes at most ${MOST} units an event, in batches of ${BATCH}`,
  async () => {
    const { writeUnitsPerEvent, requestsPerEvent } = await productCost(EVENTS, BATCH)
    expect(writeUnitsPerEvent).toBeGreaterThan(1)
    expect(writeUnitsPerEvent).toBeLessThanOrEqual(MOST)
    expect(requestsPerEvent).toBeLessThan(0.5)
  },
  TIMEOUT_MS,
)

test(
  `the job of retail-core writes at most ${MOST}, where its folder is there`,
  async ({ skip }) => {
    const [cost] = (await retailCoreCosts({ events: EVENTS, dir: undefined, say: () => {} }, [BATCH])) ?? skip()
    expect(cost!.equalToOracle).toBe(true)
    expect(cost!.writeUnitsPerEvent).toBeLessThanOrEqual(MOST)
  },
  TIMEOUT_MS,
)
