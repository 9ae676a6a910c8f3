/** The file of UCI Online Retail as a shop would have had it: a file of lines a day. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RawLine, readRaw, sumsBy } from '../real-data/online-retail-oracle.ts'

export type HistoryDay = {
  /** YYYY-MM-DD. */
  readonly day: string
  /** CSV, with the header. */
  readonly path: string
  readonly lines: number
}

/** Days with lines, in order, and what each came to in pennies by the file itself. */
export function historyDays(file: string, folder: string): { days: HistoryDay[]; pennies: Map<string, number> } {
  const { header, lines } = readRaw(file)
  const byDay = Map.groupBy(lines, ({ date }) => date)
  const days = [...byDay.keys()].sort().map((day): HistoryDay => {
    const path = join(folder, `${day}.csv`)
    const ofDay: readonly RawLine[] = byDay.get(day)!
    writeFileSync(path, `${[header, ...ofDay.map(({ text }) => text)].join('\n')}\n`)
    return { day, path, lines: ofDay.length }
  })
  return { days, pennies: sumsBy(lines, ({ date }) => date) }
}
