/**
 * Once a day: raw events that the lake has had for as long as their merchant wants are taken out of it, and all that there
 * is of merchants who were removed. Cut off anywhere, it is done again.
 */
import { NO_MERCHANT } from '#core/events/envelope.ts'
import { isUpTo, RAW } from '#core/lake/raw-names.ts'
import {
  archivedBefore,
  type LakeMark,
  newestDayOf,
  SWEPT_TABLES,
  sweepOf,
  type Taken,
} from '#core/lake/raw-retention.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { StateStore } from '#core/ports.ts'
import { EVERY_KEY, rowKey, under } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { ARCHIVED_TABLE, type ArchivedRow } from './archive-shard.ts'
import { lakeCountedUpTo } from './check-raw.ts'
import { forgetWarehouse } from './forget-warehouse.ts'
import { letOthersIn } from './let-others-in.ts'
import { allMerchants } from './merchants.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './read-catalogue.ts'
import { rewriteRaw } from './rewrite-raw.ts'

/** Key: a UTC day. */
export const LAKE_MARKS = 'lake-marks'
/** Key: merchant (`-`: objects that went whole), raw table. */
export const LAKE_SWEPT = 'lake-swept'
export type SweptRow = {
  /** The merchant's rows up to here, by shard, are gone; absent for whole objects. */
  readonly upTo?: readonly string[]
  /** The newest UTC day of which rows went, or are about to go; '' for none. */
  readonly day: string
}
/** The day of the last one that came to its end. Key: `all`, of the sweep; `compacted`, of putting objects together. */
export const LAKE_SWEEPS = 'lake-sweeps'

/** Nights of other merchants that read what the lake has got lately are done by then. */
const GONE_AFTER_DAYS = 2

type SweepPorts = Pick<Ports, 'state' | 'objects' | 'clock'> & { readonly log: { readonly shards: number } }
type Wish = { readonly merchantId: string; readonly days: number }
type Due = { readonly whole: readonly string[] | undefined; readonly taken: readonly Omit<Taken, 'after'>[] }

/** Answers how many objects were deleted and written anew; undefined: it was done today. */
export async function sweepLake(ports: SweepPorts): Promise<{ deleted: number; rewritten: number } | undefined> {
  const { state, objects, clock, log } = ports
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const last = (await state.get(LAKE_SWEEPS, 'all')) as { readonly day: string } | undefined
  if (last?.day === today) return undefined
  const archived: string[] = []
  for (let shard = 0; shard < log.shards; shard++)
    archived.push(((await state.get(ARCHIVED_TABLE, String(shard))) as ArchivedRow | undefined)?.archived ?? '')
  const marks = await marksWith(state, { day: today, archived })
  const merchants = await allMerchants(state)
  const removed = merchants.filter(({ status }) => status === 'removed').map(({ id }) => id)
  const wishes: Wish[] = []
  for (const { id, status } of merchants) {
    if (status === 'removed') continue
    wishes.push({ merchantId: id, days: settingOf('rawRetentionDays', await readSettings(state, id)) })
  }
  const longest = Math.max(...wishes.map(({ days }) => days))
  const whole = archivedBefore(marks, today, longest)
  const ending = wishes.flatMap(({ merchantId, days }) => {
    const upTo = days < longest ? archivedBefore(marks, today, days) : undefined
    return upTo === undefined ? [] : [{ merchantId, upTo }]
  })
  const leaving = await countedUpTo(state, archivedBefore(marks, today, GONE_AFTER_DAYS))
  const gone = leaving === undefined ? [] : removed.map((merchantId) => ({ merchantId, upTo: leaving }))
  const done = { deleted: 0, rewritten: 0 }
  for (const { table, ends } of SWEPT_TABLES) {
    const due = ends ? { whole, taken: [...ending, ...gone] } : { whole: undefined, taken: gone }
    const swept = await sweepTable(ports, table, due)
    done.deleted += swept.deleted
    done.rewritten += swept.rewritten
  }
  for (const merchantId of removed) await forgetWarehouse(objects, merchantId)
  await state.commitDurable([{ table: LAKE_SWEEPS, key: 'all', row: { day: today } }])
  return done
}

/** No further than the lake was counted against the ledger, where that is done: what is gone could not be counted any more. */
async function countedUpTo(
  state: StateStore,
  upTo: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  const counted = await lakeCountedUpTo(state)
  if (upTo === undefined || counted.size === 0) return upTo
  return upTo.map((sequence, shard) => {
    const until = counted.get(shard) ?? ''
    return isUpTo({ shard, first: sequence, last: sequence }, until) ? sequence : until
  })
}

/** All marks, this one with them; those that nobody will ask for are deleted. */
async function marksWith(state: StateStore, mark: LakeMark): Promise<readonly LakeMark[]> {
  const rows = await state.query({ table: LAKE_MARKS, range: EVERY_KEY })
  const known = rows.map(({ key, row }) => ({ day: key, archived: (row as Omit<LakeMark, 'day'>).archived }))
  if (known.some(({ day }) => day === mark.day)) return known
  await state.commitDurable([{ table: LAKE_MARKS, key: mark.day, row: { archived: mark.archived } }])
  const oldest = new Date(Date.parse(mark.day) - MOST_DAYS * DAY_MS).toISOString().slice(0, 10)
  for (const { day } of known)
    if (day < oldest) await state.commitDurable([{ table: LAKE_MARKS, key: day, row: undefined }])
  return [...known.filter(({ day }) => day >= oldest), mark]
}
/** Behind the longest wish that there may be. */
const MOST_DAYS = 3_660

async function sweepTable(
  { state, objects }: SweepPorts,
  table: string,
  { whole, taken }: Due,
): Promise<{ deleted: number; rewritten: number }> {
  const placeOf = (merchantId: string) => ({ table: LAKE_SWEPT, key: rowKey(merchantId, table) })
  const rowOf = async (merchantId: string) => {
    const { table: of, key } = placeOf(merchantId)
    return (await state.get(of, key)) as SweptRow | undefined
  }
  const since: Taken[] = []
  for (const one of taken) since.push({ ...one, after: (await rowOf(one.merchantId))?.upTo ?? [] })
  const plan = sweepOf(await objects.list(`${RAW}${table}/`), whole, since)
  // Said before it is so: nobody makes a day anew of which a part is gone.
  const keepDay = async (merchantId: string, names: readonly string[]) => {
    const before = await rowOf(merchantId)
    const day = newestDayOf(names)
    if (day > (before?.day ?? '')) await state.commitDurable([{ ...placeOf(merchantId), row: { ...before, day } }])
  }
  await keepDay(NO_MERCHANT, plan.delete)
  for (const { merchantId } of since)
    await keepDay(
      merchantId,
      plan.rewrite.filter(({ without }) => without.includes(merchantId)).map(({ name }) => name),
    )
  for (const name of plan.delete) await objects.delete(name)
  for (const { name, without } of plan.rewrite) {
    await rewriteRaw(objects, name, without)
    await letOthersIn()
  }
  for (const { merchantId, upTo } of since) {
    const row: SweptRow = { day: '', ...(await rowOf(merchantId)), upTo }
    await state.commitDurable([{ ...placeOf(merchantId), row }])
  }
  return { deleted: plan.delete.length, rewritten: plan.rewrite.length }
}

/** The newest UTC day of which the lake no longer has all that it had of the merchant's; '': it has everything. */
export async function sweptUntil(state: StateStore, merchantId: string): Promise<string> {
  let newest = ''
  for (const one of [NO_MERCHANT, merchantId])
    for (const { row } of await state.query({ table: LAKE_SWEPT, range: under(one) }))
      if ((row as SweptRow).day > newest) newest = (row as SweptRow).day
  return newest
}
