import { describe, expect, it, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { readSubscription } from './read-subscription.ts'

const owner: Viewer = { merchantId: 'asha', subject: 'owner', role: 'owner' }
const manager: Viewer = { ...owner, role: 'store-manager', stores: ['jaipur'] }
const fieldsOf = (viewer: Viewer, text: string) => {
  const outcome = readSubscription(viewer, text)
  return outcome.ok ? [] : outcome.problems.map(({ field }) => field)
}
const says = (more: object) => JSON.stringify({ type: 'subscribe', ...more })

describe('a subscription', () => {
  it('is what the client said', () => {
    const asked = { topics: ['kpi', 'alert'], stores: ['jaipur'], resume: 'a-b_c.12' }
    expect(readSubscription(owner, says(asked))).toEqual({ ok: true, value: asked })
    expect(readSubscription(owner, says({}))).toEqual({ ok: true, value: {} })
  })

  test.each([
    ['', ['']],
    ['{', ['']],
    ['\u0000', ['']],
    ['null', ['']],
    ['[]', ['']],
    ['{}', ['type']],
    ['{"type":"unsubscribe"}', ['type']],
    [says({ topic: 'kpi' }), ['topic']],
    [says({ topics: [] }), ['topics']],
    [says({ topics: 'kpi' }), ['topics']],
    [says({ topics: ['kpi', 'nonsense'] }), ['topics.1']],
    [says({ stores: [] }), ['stores']],
    [says({ stores: ['', 'x'.repeat(201)] }), ['stores.0', 'stores.1']],
    [says({ stores: Array.from({ length: 101 }, (_, i) => `s${i}`) }), ['stores']],
    [says({ resume: '' }), ['resume']],
    [says({ resume: 'no-number' }), ['resume']],
    [says({ resume: 'a.1234567890123456' }), ['resume']],
    [says({ topics: ['nonsense'], resume: 7 }), ['topics.0', 'resume']],
  ])('%s is none: %j', (text, fields) => {
    expect(fieldsOf(owner, text)).toEqual(fields)
  })

  it('is of no store that the viewer may not see', () => {
    expect(fieldsOf(manager, says({ stores: ['jaipur', 'goa'] }))).toEqual(['stores.1'])
    expect(fieldsOf(owner, says({ stores: ['jaipur', 'goa'] }))).toEqual([])
  })

  it('is no longer than 32,768 characters', () => {
    const padded = (length: number) => says({}).padEnd(length)
    expect(fieldsOf(owner, padded(32_768))).toEqual([])
    expect(readSubscription(owner, padded(32_769))).toMatchObject({
      ok: false,
      problems: [{ field: '', message: expect.stringContaining('longer than 32768') }],
    })
  })
})
