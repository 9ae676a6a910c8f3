/** Days of the year before each month of a common year, January first. */
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** What to say of a text that is none. */
export const NOT_A_TIME = 'is not a time like 2026-03-02T09:59:59.625Z, of 1970 or later'
const LAST_MS = 253_402_300_799_999 // 9999-12-31T23:59:59.999Z

/**
 * Epoch milliseconds of an RFC 3339 time, NaN if it is none. Years 1970 to 9999, as written and in UTC.
 *
 * `2026-03-02T09:59:59.625Z` is read by hand; an offset (`+05:30`), no or more fraction digits (cut to milliseconds)
 * and lower-case `t` and `z` cost a regular expression more. Refused are dates without a time, times without an
 * offset, a space for the `T`, days that their month has not, hour 24 and the leap second :60. Source: RFC 3339 5.6.
 * HOT.
 */
export function parseTime(text: string): number {
  if (
    text.length === 24 &&
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    text.charCodeAt(19) === 46 &&
    text.charCodeAt(23) === 90
  ) {
    return (
      localMs(text) + digitAt(text, 20) * 100 + digitAt(text, 21) * 10 + digitAt(text, 22) // NaN if any is no digit
    )
  }
  return parseOtherForm(text)
}

const OTHER_FORM = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

function parseOtherForm(text: string): number {
  const parts = OTHER_FORM.exec(text)
  if (parts === null) return Number.NaN
  const [, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts
  const offsetMs = Number(offsetHours) * 3_600_000 + Number(offsetMinutes) * 60_000
  const ms = localMs(text) + Number(fraction.slice(0, 3).padEnd(3, '0')) - (sign === '-' ? -offsetMs : offsetMs)
  return ms >= 0 && ms <= LAST_MS ? ms : Number.NaN
}

/** Milliseconds of `YYYY-MM-DD?HH:MM:SS` at the start of a text as if it were UTC; NaN if a part is out of range. */
function localMs(text: string): number {
  const year = twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2)
  const month = twoDigitsAt(text, 5)
  const day = twoDigitsAt(text, 8)
  const hour = twoDigitsAt(text, 11)
  const minute = twoDigitsAt(text, 14)
  const second = twoDigitsAt(text, 17)
  // Written so that a NaN fails it.
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60)) {
    return Number.NaN
  }
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > DAYS_IN_MONTH[month - 1]! && !(leap && month === 2 && day === 29)) return Number.NaN
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477 // 477 to 1970
  const days = (year - 1970) * 365 + leapDays + DAYS_BEFORE_MONTH[month - 1]! + (leap && month > 2 ? 1 : 0) + day - 1
  return days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48
  return digit >= 0 && digit <= 9 ? digit : Number.NaN
}

const twoDigitsAt = (text: string, at: number): number => digitAt(text, at) * 10 + digitAt(text, at + 1)
