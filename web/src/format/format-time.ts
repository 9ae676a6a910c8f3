/** Times on the wall of the merchant's zone, on a 24-hour clock. Words are English, as the rest of the page. */
const formats = new Map<string, Intl.DateTimeFormat>()

const parts = {
  clock: { hour: '2-digit', minute: '2-digit' },
  clockSeconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  weekday: { weekday: 'long' },
  shortWeekday: { weekday: 'short' },
  date: { weekday: 'long', day: 'numeric', month: 'long' },
  shortDate: { day: 'numeric', month: 'short' },
  fullDate: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

type Style = keyof typeof parts

/** `atMs`: epoch ms. '14:05', '14:05:12', 'Tuesday', 'Tuesday 3 March', '3 Mar', '3 March 2026', 'Mar 2026', '03/03/2026' ('day'). */
export function formatTime(atMs: number, timeZone: string, style: Style): string {
  const key = `${timeZone} ${style}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { ...parts[style], timeZone, hourCycle: 'h23' })
    formats.set(key, format)
  }
  return format.format(atMs).replace(',', '')
}

const WEEK_MS = 7 * 24 * 3_600_000

/** '14:05:12' today, 'Fri 14:05:12' within a week, else '3 Mar 14:05:12': as short as it can be told from today's. */
export function formatMoment(atMs: number, nowMs: number, timeZone: string): string {
  const clock = formatTime(atMs, timeZone, 'clockSeconds')
  if (formatTime(atMs, timeZone, 'day') === formatTime(nowMs, timeZone, 'day')) return clock
  const style = Math.abs(nowMs - atMs) < WEEK_MS - 24 * 3_600_000 ? 'shortWeekday' : 'shortDate'
  return `${formatTime(atMs, timeZone, style)} ${clock}`
}

/** '12 s old', '3 min old', '2 h old'. `ageMs`: 0 or more. */
export function ageText(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1000)
  if (seconds < 60) return `${seconds} s old`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min old` : `${Math.floor(minutes / 60)} h old`
}

/** '0.1 s behind': tenths up to ten seconds, then whole seconds, then minutes. */
export function lagText(lagMs: number): string {
  if (lagMs < 10_000) return `${(Math.max(0, lagMs) / 1000).toFixed(1)} s behind`
  const seconds = Math.round(lagMs / 1000)
  return seconds < 120 ? `${seconds} s behind` : `${Math.round(seconds / 60)} min behind`
}
