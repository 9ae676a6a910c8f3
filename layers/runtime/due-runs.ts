import { dueDate, type Rhythm } from '#core/chains/due-date.ts'
import type { StateStore } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { askForRun, findLane, findRun, type LaneRow, retryAt } from './chain-runs.ts'
import { allMerchants } from './merchants.ts'
import { oneByOne } from './one-by-one.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './read-catalogue.ts'

/** Asks for the runs whose time has come by their merchant's clock, and again for those that have failed hours ago. Whoever was faster has asked for the same one. @throws AggregateError of merchants for whom that failed. */
export async function askForDueRuns(
  ports: Pick<Ports, 'state' | 'clock'>,
  chains: readonly { readonly chain: string; readonly rhythm: Rhythm }[],
): Promise<void> {
  const { state, clock } = ports
  await oneByOne(await allMerchants(state), async ({ id, status }) => {
    if (status === 'removed') return
    const zone = settingOf('timeZone', await readSettings(state, id))
    for (const { chain, rhythm } of chains) {
      const lane = await findLane(state, id, chain)
      if (lane?.isOpen) continue
      const date = dueDate(rhythm, zone, clock.now(), lane?.date)
      if (date !== undefined) await askForRun(ports, id, { chain, date }, undefined)
      else if (lane !== undefined) {
        const failed = await toRetry(state, id, lane, clock.now())
        if (failed !== undefined) await askForRun(ports, id, { chain, date: failed, isRetry: true }, undefined)
      }
    }
  })
}

/** The date of the lane's newest run, where that has failed and its next try is due: of older ones the newer has made up for. */
async function toRetry(
  state: StateStore,
  merchantId: string,
  { newest }: LaneRow,
  nowMs: number,
): Promise<string | undefined> {
  const run = await findRun(state, merchantId, newest)
  const at = run && retryAt(run)
  return at !== undefined && at <= nowMs ? run!.date : undefined
}
