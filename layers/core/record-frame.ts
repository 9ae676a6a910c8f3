/**
 * Several records of one shard as one: before each its length, four bytes, big-endian. Frames end to end are a frame.
 * A log that is paid and limited by record carries what belongs together in one, in order and whole or not at all.
 */

import type { LogRecord } from './ports.ts'

/** Frames are begun anew above this; a single longer record has a frame for itself. */
export const MAX_FRAME_BYTES = 900 * 1000
/** What one record of the log may hold, 1 MiB with its partition key: a record longer than this does not fit at all. */
export const MAX_FRAMED_RECORD_BYTES = 1024 * 1024 - 1024
const LENGTH_BYTES = 4

/** The bytes are no frame: somebody else has written them. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}
/** A record that no frame can hold. */
export class RecordTooLongError extends Error {
  override readonly name = 'RecordTooLongError'
}

/** @throws RecordTooLongError when one of the records fits into no record of the log. */
export function packFrame(records: readonly Uint8Array[]): Uint8Array {
  for (const { length } of records)
    if (length > MAX_FRAMED_RECORD_BYTES)
      throw new RecordTooLongError(`a record of ${length} bytes; ${MAX_FRAMED_RECORD_BYTES} may be`)
  return packLong(records)
}

/** As `packFrame`, for what goes elsewhere than into a record of the log: each may have 4 GiB. */
export function packLong(records: readonly Uint8Array[]): Uint8Array {
  const frame = new Uint8Array(records.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0))
  const view = new DataView(frame.buffer)
  let at = 0
  for (const record of records) {
    view.setUint32(at, record.length)
    frame.set(record, at + LENGTH_BYTES)
    at += LENGTH_BYTES + record.length
  }
  return frame
}

/** As few frames as hold these records in order. @throws RecordTooLongError */
export function packFrames(records: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = []
  let from = 0
  let bytes = 0
  for (const [i, { length }] of records.entries()) {
    if (i > from && bytes + LENGTH_BYTES + length > MAX_FRAME_BYTES) {
      frames.push(packFrame(records.slice(from, i)))
      from = i
      bytes = 0
    }
    bytes += LENGTH_BYTES + length
  }
  if (records.length > from) frames.push(packFrame(records.slice(from)))
  return frames
}

/** The records of a frame, each a view of its bytes. @throws FrameError */
export function unpackFrame(frame: Uint8Array): Uint8Array[] {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const records: Uint8Array[] = []
  let at = 0
  while (at < frame.length) {
    if (at + LENGTH_BYTES > frame.length) throw new FrameError('a length is cut off')
    const length = view.getUint32(at)
    at += LENGTH_BYTES
    if (at + length > frame.length) throw new FrameError('a record is cut off')
    records.push(frame.subarray(at, at + length))
    at += length
  }
  return records
}

/** Kinesis numbers its records with up to 129 digits; as texts they sort when they are equally long. */
const SEQUENCE_DIGITS = 129
const INDEX_DIGITS = 6
/** Kinesis has 56 or more and none that is a leading zero; the emulator writes 30 with some, and wants them back. */
const LEAST_SEQUENCE_DIGITS = 30

/** The sequence of the `index`-th record of the frame that the stream has numbered so. */
export const framedSequence = (number: string, index: number): string =>
  `${number.padStart(SEQUENCE_DIGITS, '0')}.${String(index).padStart(INDEX_DIGITS, '0')}`

/** The stream's number and the place in the frame; undefined: the text is no such sequence. */
export function partsOfSequence(sequence: string): { readonly number: string; readonly index: number } | undefined {
  const found = /^0*(\d+)\.(\d+)$/.exec(sequence)
  return found === null
    ? undefined
    : { number: found[1]!.padStart(LEAST_SEQUENCE_DIGITS, '0'), index: Number(found[2]) }
}

/** The records of a frame with their sequences. What is no frame is one record, which whoever reads it will set aside. */
export function recordsOfFrame(number: string, frame: Uint8Array): LogRecord[] {
  return bytesIn(frame).map((bytes, index) => ({ sequence: framedSequence(number, index), bytes }))
}

function bytesIn(frame: Uint8Array): Uint8Array[] {
  try {
    return unpackFrame(frame)
  } catch (error) {
    if (error instanceof FrameError) return [frame]
    throw error
  }
}
