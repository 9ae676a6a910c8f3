import { dueDate, type Rhythm } from '#core/chains/due-date.ts'
import { settingOf } from '#core/settings/settings.ts'
import { askForRun, findLane } from './chain-runs.ts'
import { allMerchants } from './merchants.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './read-catalogue.ts'

/** Asks for the runs whose time has come by their merchant's clock. Whoever was faster has asked for the same one. */
export async function askForDueRuns(
  ports: Pick<Ports, 'state' | 'clock'>,
  chains: readonly { readonly chain: string; readonly rhythm: Rhythm }[],
): Promise<void> {
  const { state, clock } = ports
  for (const { id, status } of await allMerchants(state)) {
    if (status === 'removed') continue
    const zone = settingOf('timeZone', await readSettings(state, id))
    for (const { chain, rhythm } of chains) {
      const lane = await findLane(state, id, chain)
      const date = dueDate(rhythm, zone, clock.now(), lane?.date)
      if (date !== undefined && lane?.isOpen !== true) await askForRun(ports, id, { chain, date }, undefined)
    }
  }
}
