import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { decodeEvent } from '#core/events/decode-event.ts'
import { parseTime } from '#core/events/parse-time.ts'
import { caseNames, filesOf, readJson, readText } from './golden-cases.ts'

const types = [...EVENT_TYPES.values()]
const versions = types.flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, i) => [type, i + 1, i + 1 === version] as const),
)

describe('an example of every event', () => {
  it('there is one for each type that is known, and for no other', () => {
    expect(caseNames('events')).toEqual(types.map(({ type }) => type).sort())
  })

  it.each(types)('there is one for each version of $type', ({ type, version }) => {
    const expected = Array.from({ length: version }, (_, i) => `v${i + 1}.json`)
    expect(filesOf('events', type)).toEqual(expected.sort())
  })

  it.each(versions)('%s version %i is read', (type, version, isNewest) => {
    const example = readJson('events', type, `v${version}.json`)
    expect([example.type, example.version]).toEqual([type, version])
    const decoded = decodeEvent(new TextEncoder().encode(readText('events', type, `v${version}.json`)), 3)
    if (!decoded.ok) expect.fail(JSON.stringify(decoded.problems))
    const { occurredAt, receivedAt, version: _, ...same } = example
    expect(decoded.value).toMatchObject({
      ...same,
      ...(isNewest ? {} : { data: expect.anything() }),
      at: parseTime(occurredAt),
      receivedAt: parseTime(receivedAt),
      shard: 3,
    })
    if (isNewest) expect(decoded.value.data).toEqual(example.data)
  })

  it.each(types)('the newest of $type shows every field that there may be', ({ type, version, data }) => {
    expect(Object.keys(readJson('events', type, `v${version}.json`).data).sort()).toEqual(
      Object.keys(data.shape).sort(),
    )
  })
})
