import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FrameError,
  MAX_FRAME_BYTES,
  MAX_FRAMED_RECORD_BYTES,
  packFrame,
  packFrames,
  RecordTooLongError,
  unpackFrame,
} from './record-frame.ts'

const someBytes = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 })

describe('a frame', () => {
  test('says the length of each record before it', () => {
    expect([...packFrame([Uint8Array.of(7, 8), new Uint8Array(0)])]).toEqual([0, 0, 0, 2, 7, 8, 0, 0, 0, 0])
    expect(unpackFrame(new Uint8Array(0))).toEqual([])
  })

  test('gives back what was packed, also from the middle of other bytes, and end to end', () => {
    fc.assert(
      fc.property(someBytes, someBytes, (a, b) => {
        const both = new Uint8Array([...packFrame(a), ...packFrame(b)])
        expect(unpackFrame(both)).toEqual([...a, ...b])
        const within = new Uint8Array([1, 2, 3, ...both]).subarray(3)
        expect(unpackFrame(within)).toEqual([...a, ...b])
      }),
    )
  })

  test.each([[[0, 0, 0]], [[0, 0, 0, 1]], [[0, 0, 0, 2, 1]], [[...Buffer.from('{"id":"x"}')]]])(
    'is not %j',
    (bytes) => {
      expect(() => unpackFrame(Uint8Array.from(bytes))).toThrow(FrameError)
    },
  )

  test('is begun anew above the limit, and a record alone may be longer', () => {
    const of = (length: number) => new Uint8Array(length)
    expect(packFrames([])).toEqual([])
    expect(packFrames([of(MAX_FRAME_BYTES - 8), of(0)]).length).toBe(1)
    expect(packFrames([of(MAX_FRAME_BYTES - 8), of(1)]).length).toBe(2)
    const frames = packFrames([of(1), of(MAX_FRAMED_RECORD_BYTES), of(2), of(3)])
    expect(frames.map((frame) => unpackFrame(frame).map(({ length }) => length))).toEqual([
      [1],
      [MAX_FRAMED_RECORD_BYTES],
      [2, 3],
    ])
  })

  test('holds no record that the log could not take', () => {
    expect(() => packFrame([new Uint8Array(MAX_FRAMED_RECORD_BYTES + 1)])).toThrow(RecordTooLongError)
  })
})
