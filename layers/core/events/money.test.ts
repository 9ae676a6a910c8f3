import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMinor, CURRENCIES, exponentOf, formatMinor, MAX_AMOUNT_MINOR, toMinor } from './money.ts'

const MAX = Number.MAX_SAFE_INTEGER
const MOST = MAX_AMOUNT_MINOR
const codes = [...CURRENCIES.keys()]
const anyCode = fc.constantFrom(...codes)
const anyMinor = fc.oneof(fc.integer({ min: -MOST, max: MOST }), fc.integer({ min: -100_000, max: 100_000 }))

/** The minor units of a plain decimal text, by BigInt alone. */
function oracle(text: string, exponent: number): bigint {
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  return text.startsWith('-') ? -minor : minor
}

const minorOf = (amount: string | number, currency: string): number => {
  const outcome = toMinor(amount, currency)
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  return outcome.value
}

const messageOf = (amount: string | number, currency: string): string => {
  const outcome = toMinor(amount, currency)
  expect(outcome.ok, `${amount} ${currency} should be refused`).toBe(false)
  return outcome.ok ? '' : `${outcome.problems[0]?.field}|${outcome.problems[0]?.message}`
}

describe('CURRENCIES', () => {
  it('holds the 165 active codes with minor units, sorted, each once', () => {
    expect(codes).toHaveLength(165)
    expect(codes).toEqual([...new Set(codes)].sort())
    expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true)
  })

  it('holds no code that was withdrawn and none that is not money', () => {
    for (const code of 'ANG BGN CUC HRK SLL ZWL XAU XDR XTS XXX'.split(' '))
      expect(exponentOf(code), code).toBeUndefined()
  })

  it.each([
    [0, 17, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [2, 139, 'EUR INR USD GBP XCG ZWG XAD VED SLE'],
    [3, 7, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 2, 'CLF UYW'],
  ])('exponent %i has %i codes', (exponent, count, some) => {
    expect([...CURRENCIES.values()].filter((e) => e === exponent)).toHaveLength(count)
    for (const code of some.split(' ')) expect(exponentOf(code), code).toBe(exponent)
  })

  it.each(['', 'inr', 'EURO', 'constructor', '__proto__'])('does not know %j', (code) => {
    expect(exponentOf(code)).toBeUndefined()
  })
})

describe('toMinor', () => {
  it.each([
    ['1234.50', 'INR', 123450],
    ['1234.5', 'INR', 123450],
    ['1234', 'INR', 123400],
    ['.5', 'EUR', 50],
    ['+3', 'USD', 300],
    ['-0.05', 'USD', -5],
    ['-0.00', 'USD', 0],
    ['-0', 'JPY', 0],
    ['0e999999999', 'USD', 0],
    ['007.10', 'USD', 710],
    ['7', 'JPY', 7],
    ['7.000', 'JPY', 7],
    ['1.230000', 'USD', 123],
    ['1.2345', 'CLF', 12345],
    ['1.234', 'KWD', 1234],
    ['1.5e3', 'USD', 150000],
    ['150E-2', 'USD', 150],
    ['12300e-4', 'USD', 123],
    [0.29, 'USD', 29],
    [8.2, 'USD', 820],
    [1.005e2, 'USD', 10050],
    [19.99, 'EUR', 1999],
    [4.35, 'EUR', 435],
    [1.15, 'EUR', 115],
    [-0, 'EUR', 0],
    [1e-2, 'EUR', 1],
    [1e3, 'EUR', 100000],
    [99999999999.99, 'EUR', MOST - 1],
    [10000000000000, 'JPY', MOST],
    ['100000000000.00', 'EUR', MOST],
    ['-100000000000', 'EUR', -MOST],
    ['10000000000000', 'JPY', MOST],
    ['0.000000000000000000000000000010000000000000e42', 'JPY', MOST],
  ])('%j %s is %i', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toStrictEqual({ ok: true, value: minor })
    expect(Object.is(minorOf(amount, currency), -0)).toBe(false)
  })

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '1,234.50',
    '1_000',
    '1.234,50',
    '.',
    '-',
    '+',
    '1.',
    'e5',
    '.e5',
    '--1',
    '1e',
    '1e1.5',
    '0x10',
    'NaN',
    'Infinity',
    '-Infinity',
    '١٢',
    '₹5',
    '1\n',
    '1.2.3',
  ])('refuses %j', (amount) => {
    expect(messageOf(amount, 'EUR')).toMatch(/^\|.*not a decimal amount/)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses the number %d', (amount) => {
    expect(messageOf(amount, 'EUR')).toContain('not a decimal amount')
  })

  it.each([
    ['1.005', 'USD', 2],
    ['0.1', 'JPY', 0],
    ['1.2345', 'KWD', 3],
    ['1.23456', 'CLF', 4],
    ['1e-3', 'USD', 2],
    ['1e-999999999999', 'USD', 2],
    [1e-7, 'USD', 2],
    [0.1 + 0.2, 'USD', 2],
  ])('refuses the fraction digits of %j %s and says that it has %i', (amount, currency, digits) => {
    expect(messageOf(amount, currency)).toContain(`more fraction digits than ${currency}, which has ${digits}`)
  })

  it.each([
    ['100000000000.01', 'EUR'],
    ['-100000000000.01', 'EUR'],
    ['10000000000001', 'JPY'],
    ['99999999999999', 'JPY'],
    ['9007199254740993', 'JPY'],
    ['1e999999999999', 'JPY'],
    [1e21, 'JPY'],
    [Number.MAX_VALUE, 'JPY'],
  ])('refuses %j %s as too large', (amount, currency) => {
    expect(messageOf(amount, currency)).toContain('too large')
  })

  it('refuses an unknown currency by name, and quotes no more of it than a line', () => {
    expect(messageOf('1', 'BGN')).toContain('unknown currency "BGN"')
    expect(messageOf('1', 'X'.repeat(10_000)).length).toBeLessThan(120)
    expect(messageOf('x'.repeat(10_000), 'EUR').length).toBeLessThan(120)
  })

  it('agrees with BigInt on any plain decimal', () => {
    const text = fc
      .tuple(
        fc.constantFrom('', '+', '-'),
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.stringMatching(/^\d{0,6}$/),
        anyCode,
      )
      .map(([sign, whole, fraction, currency]) => [`${sign}${whole}${fraction && '.'}${fraction}`, currency] as const)
    fc.assert(
      fc.property(text, ([amount, currency]) => {
        const exponent = exponentOf(currency)!
        const expected = oracle(amount, exponent)
        const surplus = /[1-9]/.test((amount.split('.')[1] ?? '').slice(exponent))
        const fits = expected <= BigInt(MOST) && expected >= -BigInt(MOST)
        const outcome = toMinor(amount, currency)
        expect(outcome.ok).toBe(!surplus && fits)
        if (outcome.ok) expect(BigInt(outcome.value)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes a number by its shortest decimal text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), (cents) => {
        expect(minorOf(cents / 100, 'EUR')).toBe(cents + 0)
        expect(minorOf((cents / 100).toExponential(), 'EUR')).toBe(cents + 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('sums of parsed amounts are the parsed sum', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.array(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), { maxLength: 50 }),
        (currency, all) => {
          const texts = all.map((minor) => formatMinor(minor, currency))
          const exact = texts.reduce((sum, text) => sum + oracle(text, exponentOf(currency)!), 0n)
          expect(texts.reduce((sum, text) => addMinor(sum, minorOf(text, currency)), 0)).toBe(Number(exact))
        },
      ),
    )
  })
})

describe('formatMinor', () => {
  it.each([
    [123450, 'INR', '1234.50'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [-0, 'USD', '0.00'],
    [99, 'USD', '0.99'],
    [100, 'USD', '1.00'],
    [7, 'JPY', '7'],
    [-7, 'JPY', '-7'],
    [0, 'JPY', '0'],
    [1, 'KWD', '0.001'],
    [12345, 'CLF', '1.2345'],
    [MAX, 'EUR', '90071992547409.91'],
    [-MAX, 'JPY', '-9007199254740991'],
  ])('%i %s is %j', (minor, currency, text) => {
    expect(formatMinor(minor, currency)).toBe(text)
  })

  it('is read back exactly in every currency', () => {
    for (const currency of codes) {
      fc.assert(
        fc.property(anyMinor, (minor) => {
          expect(minorOf(formatMinor(minor, currency), currency)).toBe(minor + 0)
        }),
        { numRuns: 50 },
      )
    }
  })

  it.each([[0.5], [Number.NaN], [MAX + 1], [Number.POSITIVE_INFINITY]])('throws for %d', (minor) => {
    expect(() => formatMinor(minor, 'EUR')).toThrow(RangeError)
  })

  it('throws for an unknown currency', () => {
    expect(() => formatMinor(1, 'BGN')).toThrow(RangeError)
  })
})

describe('addMinor', () => {
  it.each([
    [1, 2, 3],
    [MAX, 0, MAX],
    [MAX - 1, 1, MAX],
    [-MAX, 0, -MAX],
    [MAX, -MAX, 0],
  ])('%i + %i = %i', (a, b, sum) => {
    expect(addMinor(a, b)).toBe(sum)
  })

  it.each([
    [MAX, 1],
    [MAX, MAX],
    [-MAX, -1],
    [Number.NaN, 1],
  ])('throws for %d + %d', (a, b) => {
    expect(() => addMinor(a, b)).toThrow(RangeError)
  })

  it('is exact or throws', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const exact = BigInt(a) + BigInt(b)
        if (exact > BigInt(MAX) || exact < -BigInt(MAX)) expect(() => addMinor(a, b)).toThrow(RangeError)
        else expect(BigInt(addMinor(a, b))).toBe(exact)
      }),
      { numRuns: 1000 },
    )
  })
})
