import { randomBytes } from 'node:crypto'
import type { Clock, IdSource } from '#core/ports.ts'

export const systemClock: Clock = { now: () => Date.now() }

/** 128 random bits in hexadecimal. */
export const randomIds: IdSource = { next: () => randomBytes(16).toString('hex') }
