import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ISO_TIME, timeFormat } from './time-format.ts'

function read(pattern: string, text: string, zone: string | undefined = 'UTC') {
  const format = timeFormat(pattern)
  if (!format.ok) expect.fail(format.problems[0]!.message)
  return format.value.read(text, zone)
}
const told = (pattern: string) => {
  const format = timeFormat(pattern)
  return format.ok ? undefined : format.problems[0]!.message
}

describe('a pattern reads', () => {
  it.each([
    ['dd/MM/yyyy HH:mm', '01/12/2010 08:26', 'Europe/London', '2010-12-01T08:26:00.000Z'],
    ['dd/MM/yyyy HH:mm', '01/07/2010 08:26', 'Europe/London', '2010-07-01T07:26:00.000Z'],
    ['M/d/yyyy H:mm', '12/1/2010 8:26', 'Asia/Kolkata', '2010-12-01T02:56:00.000Z'],
    ['M/d/yyyy H:mm', '12/01/2010 08:26', 'UTC', '2010-12-01T08:26:00.000Z'],
    ['MM/dd/yyyy hh:mm a', '12/31/2010 12:00 AM', 'UTC', '2010-12-31T00:00:00.000Z'],
    ['MM/dd/yyyy hh:mm a', '12/31/2010 12:59 pm', 'UTC', '2010-12-31T12:59:00.000Z'],
    ['MM/dd/yyyy h:mma', '12/31/2010 1:05PM', 'UTC', '2010-12-31T13:05:00.000Z'],
    ['dd-MMM-yyyy', '05-Sep-2010', 'UTC', '2010-09-05T00:00:00.000Z'],
    ['d MMM yyyy HH.mm.ss', '5 SEP 2010 23.59.59', 'UTC', '2010-09-05T23:59:59.000Z'],
    ["yyyyMMdd'T'HHmmssSSSXXX", '20101201T082600123+05:30', undefined, '2010-12-01T02:56:00.123Z'],
    ['yyyy-MM-dd HH:mm:ssXXX', '2010-12-01 08:26:00Z', 'Asia/Kolkata', '2010-12-01T08:26:00.000Z'],
    ["'on' yyyy.MM.dd (HH)", 'on 2010.12.01 (08)', 'UTC', '2010-12-01T08:00:00.000Z'],
  ])('%s: %s in %s', (pattern, text, zone, expected) => {
    expect(read(pattern, text, zone)).toBe(expected)
  })

  it('what a date of any day is written as', () => {
    const minute = fc.integer({ min: 0, max: Date.UTC(2100) / 60_000 }).map((n) => new Date(n * 60_000).toISOString())
    fc.assert(
      fc.property(minute, (iso) => {
        const [, yyyy, MM, dd, HH, mm] = /^(....)-(..)-(..)T(..):(..)/.exec(iso)!
        expect(read('dd.MM.yyyy HH:mm', `${dd}.${MM}.${yyyy} ${HH}:${mm}`)).toBe(iso)
        expect(read('M/d/yyyy H:mm', `${Number(MM)}/${Number(dd)}/${yyyy} ${Number(HH)}:${mm}`)).toBe(iso)
      }),
    )
  })
})

describe('no time is read from', () => {
  it.each([
    ['dd/MM/yyyy', '31/04/2010'],
    ['dd/MM/yyyy', '29/02/2010'],
    ['dd/MM/yyyy', '12/13/2010'],
    ['dd/MM/yyyy', '1/12/2010'],
    ['dd/MM/yyyy', '01/12/2010 '],
    ['dd/MM/yyyy', 'on 01/12/2010'],
    ['dd.MM.yyyy', '01/12/2010'],
    ['dd/MM/yyyy', '31/12/1969'],
    ['dd/MM/yyyy HH:mm', '01/12/2010 24:00'],
    ['dd/MM/yyyy HH:mm', '01/12/2010 23:60'],
    ['dd/MM/yyyy hh:mm a', '01/12/2010 00:10 AM'],
    ['dd/MM/yyyy hh:mm a', '01/12/2010 13:10 PM'],
    ['dd MMM yyyy', '01 Okt 2010'],
    ['yyyy-MM-dd HH:mmXXX', '2010-12-01 08:26'],
    ['yyyy-MM-dd HH:mmXXX', '2010-12-01 08:26+25:00'],
  ])('%s: %s', (pattern, text) => {
    expect(read(pattern, text)).toBeUndefined()
  })

  it('a time without a zone that nobody names', () => {
    expect(ISO_TIME.read('2010-12-01T08:26:00', undefined)).toBeUndefined()
  })

  it('the last hours before 1970 in zones east of Greenwich', () => {
    expect(read('yyyy-MM-dd HH:mm', '1970-01-01 05:29', 'Asia/Kolkata')).toBeUndefined()
    expect(read('yyyy-MM-dd HH:mm', '1970-01-01 05:30', 'Asia/Kolkata')).toBe('1970-01-01T00:00:00.000Z')
  })
})

describe('a pattern is refused that', () => {
  it.each([
    ['dd/QQ/yyyy', /^knows no QQ: use yyyy MMM MM M/],
    ['dd/MM/yy', /^knows no yy:/],
    ['dd/MM/yyyy HH:MM', /^says the month twice \(M is the month, m the minute\)$/],
    ['HH:mm', /^says no year, no month, no day: a pattern is like/],
    ['yyyy-MM', /^says no day:/],
    ['dd/MM/yyyy hh:mm', /^needs h and a together/],
    ['dd/MM/yyyy HH:mm a', /^needs h and a together/],
    ['', /^says no year/],
    ["dd/MM/yyyy 'h' HH", undefined],
  ])('%s', (pattern, message) => {
    if (message === undefined) expect(told(pattern)).toBeUndefined()
    else expect(told(pattern)).toMatch(message)
  })
})

describe('without a pattern', () => {
  it.each([
    ['2010-12-01T08:26:00Z', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01t08:26:00.1234567z', '2010-12-01T08:26:00.123Z'],
    ['2010-12-01 08:26:00+05:30', '2010-12-01T02:56:00.000Z'],
    ['2010-12-01T08:26:00', '2010-12-01T03:26:00.000Z'],
    ['2010-12-01 08:26', '2010-12-01T03:26:00.000Z'],
    ['2010-12-01', '2010-11-30T19:00:00.000Z'],
    ['01/12/2010', undefined],
    ['2010-12-01T8:26', undefined],
    ['2010-12-01T08', undefined],
    ['2010-13-01', undefined],
  ])('%s on a wall in Karachi is %s', (text, expected) => {
    expect(ISO_TIME.read(text, 'Asia/Karachi')).toBe(expected)
  })
})
