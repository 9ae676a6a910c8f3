import { type Outcome, ok, wrong } from '#core/outcome.ts'

const byExponent: readonly (readonly [exponent: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
    COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

/**
 * Every active ISO 4217 code that has minor units, with its exponent (the number of its fraction digits).
 * Source: ISO 4217 list one as published 2026-01-01 (after Bulgaria's euro). The codes without a minor unit
 * (metals, XDR, XTS, XXX and their like) are no money of a shop and are left out.
 */
export const CURRENCIES: ReadonlyMap<string, number> = new Map(
  byExponent
    .flatMap(([exponent, codes]) => codes.split(/\s+/).map((code) => [code, exponent] as const))
    .sort(([a], [b]) => (a < b ? -1 : 1)),
)

/** Fraction digits of a currency (ISO 4217, upper case): 2 for EUR, 0 for JPY; undefined for an unknown code. */
export const exponentOf = (currency: string): number | undefined => CURRENCIES.get(currency)

/**
 * The most that one amount may be, a line's included: 100 thousand million of a currency with two fraction digits. No shop
 * has such a line, and hundreds of them still add up to an integer that a number holds exactly.
 */
export const MAX_AMOUNT_MINOR = 10_000_000_000_000

/** What is said of a larger amount. */
export const tooLarge = (currency: string): string =>
  `is too large: one amount may be ${formatMinor(MAX_AMOUNT_MINOR, currency)} ${currency} at the most`

const MAX_DIGITS = String(MAX_AMOUNT_MINOR).length
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/**
 * A decimal amount as integer minor units: '1234.50' INR is 123450. Exact: the decimal text is shifted, never
 * multiplied as a binary fraction; a number is taken by its shortest decimal text (of a JSON number, a double, 15
 * digits are what its sender wrote; amounts with more belong in text). Never -0.
 *
 * Read are an optional sign, digits with an optional fraction ('7', '.5', '1234.50') and an optional exponent.
 * Problems (field ''): an unknown currency; anything else than such a decimal (grouping commas, spaces, NaN, empty);
 * more fraction digits than the currency has, unless the surplus ones are zeros; a result beyond MAX_AMOUNT_MINOR.
 */
export function toMinor(amount: string | number, currency: string): Outcome<number> {
  const exponent = exponentOf(currency)
  if (exponent === undefined) return wrong('', `unknown currency ${shown(currency)}: expected an ISO 4217 code`)
  const parts = DECIMAL.exec(typeof amount === 'number' ? String(amount) : amount)
  const whole = parts?.[2] ?? ''
  const fraction = parts?.[3] ?? ''
  if (parts === null || whole + fraction === '') {
    return wrong('', `${shown(amount)} is not a decimal amount like 1234.50`)
  }
  const digits = whole + fraction
  let from = 0
  while (from < digits.length && digits[from] === '0') from++
  if (from === digits.length) return ok(0)
  let to = digits.length
  while (digits[to - 1] === '0') to--

  const zerosToAdd = exponent + Number(parts[4] ?? 0) - fraction.length + (digits.length - to)
  if (zerosToAdd < 0) {
    return wrong('', `${shown(amount)} has more fraction digits than ${currency}, which has ${exponent}`)
  }
  const minor = to - from + zerosToAdd > MAX_DIGITS ? Infinity : Number(digits.slice(from, to) + '0'.repeat(zerosToAdd))
  if (minor > MAX_AMOUNT_MINOR) return wrong('', `${shown(amount)} ${currency} ${tooLarge(currency)}`)
  return ok(parts[1] === '-' ? -minor : minor)
}

/**
 * The plain decimal text of integer minor units: 123450 INR is '1234.50', 7 JPY is '7'. `toMinor` reads it back to the
 * same number. Throws a RangeError for an unknown currency and for anything but a safe integer.
 */
export function formatMinor(minor: number, currency: string): string {
  const exponent = exponentOf(currency)
  if (exponent === undefined) throw new RangeError(`unknown currency ${shown(currency)}`)
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} ${currency} is not an integer number of minor units`)
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const point = digits.length - exponent
  return (minor < 0 ? '-' : '') + digits.slice(0, point) + (exponent === 0 ? '' : '.' + digits.slice(point))
}

/**
 * The sum of two amounts in minor units of one currency. Throws a RangeError when the sum leaves the safe integers
 * (or is NaN): a total that cannot be exact must not be shown. HOT.
 */
export function addMinor(a: number, b: number): number {
  const sum = a + b
  if (sum >= Number.MIN_SAFE_INTEGER && sum <= Number.MAX_SAFE_INTEGER) return sum
  throw new RangeError(`the sum of ${a} and ${b} minor units cannot be held exactly`)
}

/** A value as it may stand in a message: quoted, and no longer than a line. */
const shown = (value: string | number): string => {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}
