import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it, test } from 'vitest'
import { PROOFS, type Proof } from '#core/sources/registry.ts'
import { checkProof, proofFor, type Sent, TOLERANCE_S } from './proofs.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const BODY = Buffer.from('{"id":1,"note":"ä€"}')
const SECRET = `whsec_${Buffer.from('a secret of the shop').toString('base64')}`
const OTHER = `whsec_${Buffer.from('a secret of another').toString('base64')}`

const hmac = (secret: string, body: Uint8Array = BODY) => createHmac('sha256', secret).update(body).digest('base64')
const standard = (secret: string, { id = 'msg_1', at = NOW, body = BODY } = {}): Sent => ({
  headers: {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    // The reference implementation's own client signs.
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body.toString()),
  },
  body: BODY,
})
const check = (proof: Proof, claimed: Sent, secrets: readonly string[] = [SECRET], nowMs = NOW) =>
  checkProof(proof, claimed, secrets, nowMs)

describe('a message that is signed here', () => {
  const message = (proof: Proof, secret: string, body: Uint8Array = BODY): Sent => ({
    headers: proofFor(proof, secret, 'msg_1', NOW, body),
    body: BODY,
  })

  it.each(PROOFS)('is proved by its secret alone: %s', (proof) => {
    expect(check(proof, message(proof, SECRET))).toBe('proved')
    expect(check(proof, message(proof, OTHER))).toBe('wrong')
    expect(check(proof, message(proof, SECRET), [])).toBe('wrong')
  })

  it.each(PROOFS.filter((proof) => proof !== 'token'))('is proved with its body alone: %s', (proof) => {
    expect(check(proof, message(proof, SECRET, Buffer.from('another')))).toBe('wrong')
  })
})

describe('Standard Webhooks', () => {
  it('is proved by the reference client’s signature', () => {
    expect(check('standard-webhooks', standard(SECRET))).toBe('proved')
  })

  it('accepts both secrets while one is rotated, and neither afterwards where it is out', () => {
    expect(check('standard-webhooks', standard(SECRET), [OTHER, SECRET])).toBe('proved')
    expect(check('standard-webhooks', standard(OTHER), [OTHER, SECRET])).toBe('proved')
    expect(check('standard-webhooks', standard(SECRET), [OTHER])).toBe('wrong')
    expect(check('standard-webhooks', standard(SECRET), [])).toBe('wrong')
  })

  it('finds its signature among several, of versions that it does not know too', () => {
    const claimed = standard(SECRET)
    const { 'webhook-signature': right } = claimed.headers
    const { 'webhook-signature': foreign } = standard(OTHER).headers
    const withSignature = (text: string) => ({ ...claimed, headers: { ...claimed.headers, 'webhook-signature': text } })
    expect(check('standard-webhooks', withSignature(`${foreign} v1a,abc ${right}`))).toBe('proved')
    expect(check('standard-webhooks', withSignature(`${foreign} ${foreign}`))).toBe('wrong')
    expect(check('standard-webhooks', withSignature('v2,abc'))).toBe('malformed')
    expect(check('standard-webhooks', withSignature(right!.replace('v1,', 'v2,')))).toBe('malformed')
  })

  it.each([
    [TOLERANCE_S, 'proved'],
    [TOLERANCE_S + 1, 'stale'],
    [-TOLERANCE_S, 'proved'],
    [-TOLERANCE_S - 1, 'stale'],
  ])('is %i s old: %s', (ageS, expected) => {
    expect(check('standard-webhooks', standard(SECRET, { at: NOW - ageS * 1000 }))).toBe(expected)
  })

  it.each<[string, Partial<Record<string, string | undefined>>, string]>([
    ['no id', { 'webhook-id': undefined }, 'missing'],
    ['no timestamp', { 'webhook-timestamp': undefined }, 'missing'],
    ['no signature', { 'webhook-signature': '' }, 'missing'],
    ['another id', { 'webhook-id': 'msg_2' }, 'wrong'],
    ['another second', { 'webhook-timestamp': String(NOW / 1000 + 1) }, 'wrong'],
    ['a timestamp that is none', { 'webhook-timestamp': '1e9' }, 'malformed'],
    ['a negative timestamp', { 'webhook-timestamp': '-1' }, 'malformed'],
  ])('with %s', (_, headers, expected) => {
    const claimed = standard(SECRET)
    expect(check('standard-webhooks', { ...claimed, headers: { ...claimed.headers, ...headers } })).toBe(expected)
  })

  it('does not hold for other bytes', () => {
    const claimed = standard(SECRET)
    for (const body of [BODY.subarray(0, -1), Buffer.concat([BODY, Buffer.from(' ')]), Buffer.alloc(0)]) {
      expect(check('standard-webhooks', { ...claimed, body })).toBe('wrong')
    }
  })

  it('is over bytes, not over text: a body that is no UTF-8 is proved by its bytes', () => {
    const body = Buffer.from([0xff, 0x00, 0xfe])
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    const signed = createHmac('sha256', key)
      .update(`m.${NOW / 1000}.`)
      .update(body)
      .digest('base64')
    const headers = { 'webhook-id': 'm', 'webhook-timestamp': String(NOW / 1000), 'webhook-signature': `v1,${signed}` }
    expect(check('standard-webhooks', { headers, body })).toBe('proved')
  })
})

describe.each([
  ['shopify', 'x-shopify-hmac-sha256'],
  ['woocommerce', 'x-wc-webhook-signature'],
] as const)('%s', (proof, header) => {
  const claimed = (signature: string | undefined, body: Uint8Array = BODY) => ({
    headers: { [header]: signature },
    body,
  })

  it('is proved by the HMAC of the raw body under any secret that counts', () => {
    expect(check(proof, claimed(hmac('s')), ['s'])).toBe('proved')
    expect(check(proof, claimed(hmac('old')), ['new', 'old'])).toBe('proved')
  })

  it.each<[string, Sent, string]>([
    ['no signature', claimed(undefined), 'missing'],
    ['an empty one', claimed(''), 'missing'],
    ['another secret', claimed(hmac('t')), 'wrong'],
    ['a rotated-out secret', claimed(hmac('old')), 'wrong'],
    ['a truncated body', claimed(hmac('s'), BODY.subarray(0, -1)), 'wrong'],
    ['a truncated signature', claimed(hmac('s').slice(0, -1)), 'wrong'],
    ['the signature in hex', claimed(Buffer.from(hmac('s'), 'base64').toString('hex')), 'wrong'],
    ['the HMAC of nothing', claimed(hmac('s', Buffer.alloc(0))), 'wrong'],
  ])('with %s', (_, each, expected) => {
    expect(check(proof, each, ['s'])).toBe(expected)
  })

  it('is not proved by what proves another vendor', () => {
    const other = proof === 'shopify' ? 'x-wc-webhook-signature' : 'x-shopify-hmac-sha256'
    expect(check(proof, { headers: { [other]: hmac('s') }, body: BODY }, ['s'])).toBe('missing')
  })
})

describe('a token', () => {
  test.each<[Record<string, string>, string]>([
    [{ authorization: 'Bearer s3cret' }, 'proved'],
    [{ authorization: 'bearer s3cret' }, 'proved'],
    [{ 'x-webhook-token': 's3cret' }, 'proved'],
    [{ 'x-webhook-token': 'older' }, 'proved'],
    [{ authorization: 'Basic s3cret' }, 'missing'],
    [{}, 'missing'],
    [{ 'x-webhook-token': '' }, 'missing'],
    [{ authorization: 'Bearer s3cre' }, 'wrong'],
    [{ authorization: 'Bearer S3CRET' }, 'wrong'],
    [{ authorization: 'Bearer wrong', 'x-webhook-token': 's3cret' }, 'wrong'],
  ])('%j: %s', (headers, expected) => {
    expect(check('token', { headers, body: BODY }, ['s3cret', 'older'])).toBe(expected)
  })

  test('proves nothing where no secret counts', () => {
    expect(check('token', { headers: { authorization: 'Bearer undefined' }, body: BODY }, [])).toBe('wrong')
  })
})
