import type { SeriesChart } from './prepare-series-chart.ts'

/** The chart's table as CSV (RFC 4180): instants in UTC, plain decimals, an empty value where nothing is kept. */
export function csvOf({ bars, unit, title }: SeriesChart): string {
  const rows = bars.map(({ start, end, plain, state, corrected }) => [
    start,
    end,
    plain,
    unit,
    state,
    corrected ? 'corrected' : '',
  ])
  return [['start', 'end', title, 'unit', 'state', 'corrected'], ...rows]
    .map((row) => `${row.map(quoted).join(',')}\r\n`)
    .join('')
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** 'net-revenue-by-minute-2026-03-03T1405Z.csv': sorts by time, and every file system takes it. */
export function fileNameOf({ title, bars }: SeriesChart, extension: string): string {
  const end = bars.at(-1)?.start.slice(0, 16).replace(':', '') ?? 'empty'
  return `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${end}Z.${extension}`
}

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken hold of the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
