import { event } from './envelope.ts'

/** A tick a minute and shard: folds never read a clock. */
export const timePassed = event('time.passed', 1, 'A minute has gone by.', {})
