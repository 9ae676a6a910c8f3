/**
 * How a file writes its times: RFC 3339 and what is like it, or a pattern such as `dd/MM/yyyy HH:mm`. Letters of patterns
 * are those of Unicode Technical Standard #35, "Date Field Symbols"; text between them stands as it is, letters in
 * single quotes.
 */
import { parseTime } from '#core/events/parse-time.ts'
import { instantOfWall } from '#core/metrics/business-time.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'

export type TimeFormat = {
  /** As people write it. */
  readonly pattern: string
  /** Whether it can say no zone, so that somebody must. */
  readonly needsZone: boolean
  /** RFC 3339 in UTC; undefined: it is no such time. A time without a zone is on the wall of `timeZone`. */
  readonly read: (text: string, timeZone: string | undefined) => string | undefined
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'half' | 'minute' | 'second' | 'fraction' | 'zone'
const LETTERS: ReadonlyMap<string, readonly [part: Part, written: string]> = new Map([
  ['yyyy', ['year', '\\d{4}']],
  ['MMM', ['month', '[A-Za-z]{3}']],
  ['MM', ['month', '\\d{2}']],
  ['M', ['month', '\\d{1,2}']],
  ['dd', ['day', '\\d{2}']],
  ['d', ['day', '\\d{1,2}']],
  ['HH', ['hour', '\\d{2}']],
  ['H', ['hour', '\\d{1,2}']],
  ['hh', ['hour', '\\d{2}']],
  ['h', ['hour', '\\d{1,2}']],
  ['a', ['half', '[AaPp][Mm]']],
  ['mm', ['minute', '\\d{2}']],
  ['ss', ['second', '\\d{2}']],
  ['SSS', ['fraction', '\\d{3}']],
  ['XXX', ['zone', 'Z|[+-]\\d{2}:\\d{2}']],
])
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Says, where it is none, what is wrong with the pattern (field ''). */
export function timeFormat(pattern: string): Outcome<TimeFormat> {
  const parts = new Set<Part>()
  let isOfHalf = false
  let written = ''
  for (const [token, quoted] of pattern.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z]/g)) {
    const letters = LETTERS.get(token)
    if (letters === undefined && /^[A-Za-z]/.test(token)) {
      return wrong(
        '',
        `knows no ${token}: use ${[...LETTERS.keys()].join(' ')}, and letters that stand as they are in ''`,
      )
    }
    if (letters === undefined) {
      written += escaped(quoted ?? token)
      continue
    }
    const [part, like] = letters
    if (parts.has(part)) return wrong('', `says the ${part} twice (M is the month, m the minute)`)
    parts.add(part)
    isOfHalf ||= token.startsWith('h')
    written += `(?<${part}>${like})`
  }
  const missing = (['year', 'month', 'day'] as const).filter((part) => !parts.has(part))
  if (missing.length > 0) return wrong('', `says no ${missing.join(', no ')}: a pattern is like dd/MM/yyyy HH:mm`)
  if (isOfHalf !== parts.has('half')) return wrong('', 'needs h and a together: H is the hour of 24')
  const exact = new RegExp(`^${written}$`)
  return ok({ pattern, needsZone: !parts.has('zone'), read: (text, zone) => instantOf(exact.exec(text)?.groups, zone) })
}

const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?<zone>[Zz]|[+-]\d\d:\d\d)?)?$/

/** `2026-03-02T09:59:59Z`; on a wall whose zone is known also `2026-03-02 09:59` and `2026-03-02`. */
export const ISO_TIME: TimeFormat = {
  pattern: '2026-03-02T09:59:59Z',
  needsZone: false,
  read: (text, zone) => instantOf(ISO.exec(text)?.groups, zone),
}

type Parts = { readonly [part in Part]?: string | undefined }

/** What a time leaves out is 0: a date is its first instant. */
function instantOf(parts: Parts | undefined, timeZone: string | undefined): string | undefined {
  if (parts === undefined) return undefined
  const { year, month = '', day = '', minute = '00', second = '00', fraction = '0', zone } = parts
  const ofYear = /\d/.test(month) ? month : String(MONTHS.indexOf(month.toLowerCase()) + 1)
  const local = `${year}-${two(ofYear)}-${two(day)}T${two(hourOf(parts))}:${minute}:${second}.${fraction}`
  if (zone === undefined && timeZone === undefined) return undefined
  const read = parseTime(local + (zone ?? 'Z'))
  if (Number.isNaN(read)) return undefined
  const at = zone === undefined ? instantOfWall(read, timeZone!) : read
  return at < 0 ? undefined : new Date(at).toISOString()
}

/** 12 AM is midnight and 12 PM noon. */
function hourOf({ hour = '0', half }: Parts): string {
  if (half === undefined) return hour
  const ofHalf = Number(hour)
  if (ofHalf < 1 || ofHalf > 12) return 'none'
  return String((ofHalf % 12) + (half.toLowerCase() === 'pm' ? 12 : 0))
}

const two = (digits: string): string => digits.padStart(2, '0')
const escaped = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}-]/g, '\\$&')
