/** Minutes that are over go to a store of time series outside, each merchant's from where it was left. */
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfMinute } from '#core/metrics/business-time.ts'
import { BYS, cellTable, timeText } from '#core/metrics/cells.ts'
import { correctedMinutes, windowsOf } from '#core/metrics/mirrored-windows.ts'
import { WATERMARK_DELAY_MS } from '#core/metrics/watermark.ts'
import type { MirroredWindow, StateStore, WindowMirror } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { allMerchants } from './merchants.ts'
import type { Ports } from './ports.ts'
import { readLag } from './read-lag.ts'

/** Key: merchant. Minutes before `upToMs` were mirrored, and corrected ones looked for at `lookedAtMs`. */
export const MIRRORED_WINDOWS = 'mirrored-windows'
type Mirrored = { readonly upToMs: number; readonly lookedAtMs: number }

/** Where there is no cursor yet it begins so far back; and no run goes further at once. */
const MOST_MS = HOUR_MS
const LOOK_EVERY_MS = HOUR_MS
const LOOK_BACK_MS = DAY_MS

/**
 * At least once: what was written is noted afterwards. The version is the time of the run, so that a later reading of a minute
 * is what stays. Answers what was never taken.
 */
export async function mirrorWindows(
  { state, log, clock }: Pick<Ports, 'state' | 'log' | 'clock'>,
  mirror: WindowMirror,
): Promise<{ readonly refused: number }> {
  const nowMs = clock.now()
  const finalMs = startOfMinute(nowMs - WATERMARK_DELAY_MS - (await readLag(log, state, nowMs)))
  let refused = 0
  for (const { id, status } of await allMerchants(state)) {
    if (status === 'removed') continue
    const known = (await state.get(MIRRORED_WINDOWS, id)) as Mirrored | undefined
    const fromMs = known?.upToMs ?? finalMs - MOST_MS
    const toMs = Math.min(finalMs, fromMs + MOST_MS)
    if (toMs <= fromMs) continue
    const lookedAtMs = known?.lookedAtMs ?? nowMs
    const isTimeToLook = nowMs - lookedAtMs >= LOOK_EVERY_MS
    const corrected = isTimeToLook ? await readCorrected(state, id, fromMs) : []
    const windows = [...corrected, ...(await readWindows(state, id, fromMs, toMs))]
    refused += (await mirror.write(windows, nowMs)).refused
    const row: Mirrored = { upToMs: toMs, lookedAtMs: isTimeToLook ? nowMs : lookedAtMs }
    await state.commit([{ table: MIRRORED_WINDOWS, key: id, row }])
  }
  return { refused }
}

const cellsOf = (state: StateStore, by: (typeof BYS)[number], merchantId: string, fromMs: number, toMs: number) =>
  state.query({
    table: cellTable('minute', by),
    range: { from: rowKey(merchantId, timeText(fromMs)), to: rowKey(merchantId, timeText(toMs)) },
  })

async function readWindows(
  state: StateStore,
  merchantId: string,
  fromMs: number,
  toMs: number,
): Promise<MirroredWindow[]> {
  const read = BYS.map(async (by) => windowsOf(merchantId, by, await cellsOf(state, by, merchantId, fromMs, toMs)))
  return (await Promise.all(read)).flat()
}

/** All of the minutes of the last day that something came late into; it says so in the total. */
async function readCorrected(state: StateStore, merchantId: string, beforeMs: number): Promise<MirroredWindow[]> {
  const totals = await cellsOf(state, 'total', merchantId, beforeMs - LOOK_BACK_MS, beforeMs)
  const windows: MirroredWindow[] = []
  for (const atMs of correctedMinutes(totals))
    windows.push(...(await readWindows(state, merchantId, atMs, atMs + MINUTE_MS)))
  return windows
}
