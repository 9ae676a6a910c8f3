type Part = { readonly window: 'day' | 'quarter' | 'minute'; readonly from: string; readonly to: string }

const QUARTER_MS = 900_000

/**
 * A span that ends at some minute of a day, in parts that cells make up exactly: whole days, then quarters of an hour,
 * then minutes. A span of whole days is one part. Neighbours only: `parts[0]` begins where the span does.
 */
export function earlierParts({ from, to }: { readonly from: string; readonly to: string }, isOpen: boolean): Part[] {
  if (!isOpen) return [{ window: 'day', from, to }]
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  const iso = (ms: number) => new Date(ms).toISOString()
  const DAY_MS = 24 * 3_600_000
  // Days of the same length as the first: a day of 23 hours inside makes the quarters begin an hour earlier, no sum wrong.
  const dayEnd = fromMs + Math.floor((toMs - fromMs) / DAY_MS) * DAY_MS
  const quarterEnd = Math.floor(toMs / QUARTER_MS) * QUARTER_MS
  const parts: Part[] = []
  if (dayEnd > fromMs) parts.push({ window: 'day', from: iso(fromMs), to: iso(dayEnd) })
  if (quarterEnd > dayEnd) parts.push({ window: 'quarter', from: iso(dayEnd), to: iso(quarterEnd) })
  if (toMs > Math.max(quarterEnd, dayEnd)) parts.push({ window: 'minute', from: iso(Math.max(quarterEnd, dayEnd)), to })
  return parts
}
