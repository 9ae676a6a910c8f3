import { saveFile } from '../overview/export-chart.ts'

/** Saves rows of text as CSV (RFC 4180), named by what they are and when they were fetched. */
export function saveLines(name: string, lines: readonly (readonly string[])[], nowMs: number): void {
  const at = new Date(nowMs).toISOString().slice(0, 16).replace(':', '')
  saveFile(`${name}-${at}Z.csv`, new Blob([csvOf(lines)], { type: 'text/csv' }))
}

export const csvOf = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => `${line.map((cell) => quoted(plain(cell))).join(',')}\r\n`).join('')

/** A spreadsheet would run what begins like a formula: names come from people. */
const plain = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
