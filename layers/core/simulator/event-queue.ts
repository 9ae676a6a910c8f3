/** What is still to happen, earliest first; of two things due at once the one that was put in first. A binary heap. */
export type EventQueue<T> = {
  readonly times: number[]
  readonly orders: number[]
  readonly items: T[]
  added: number
}

export const emptyQueue = <T>(): EventQueue<T> => ({ times: [], orders: [], items: [], added: 0 })

/** Epoch ms of the earliest; Infinity where there is none. */
export const dueAt = ({ times }: EventQueue<unknown>): number =>
  times.length === 0 ? Number.POSITIVE_INFINITY : times[0]!

/** HOT. */
export function put<T>(queue: EventQueue<T>, at: number, item: T): void {
  const { times, orders, items } = queue
  const order = queue.added++
  let place = times.length
  times.push(at)
  orders.push(order)
  items.push(item)
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (times[parent]! <= at) break
    times[place] = times[parent]!
    orders[place] = orders[parent]!
    items[place] = items[parent]!
    place = parent
  }
  times[place] = at
  orders[place] = order
  items[place] = item
}

/** Takes the earliest out of a queue that is not empty. HOT. */
export function take<T>({ times, orders, items }: EventQueue<T>): T {
  const first = items[0]!
  const at = times.pop()!
  const order = orders.pop()!
  const item = items.pop()!
  const size = times.length
  if (size === 0) return first
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    if (child >= size) break
    const right = child + 1
    if (right < size && isBefore(times[right]!, orders[right]!, times[child]!, orders[child]!)) child = right
    if (!isBefore(times[child]!, orders[child]!, at, order)) break
    times[place] = times[child]!
    orders[place] = orders[child]!
    items[place] = items[child]!
    place = child
  }
  times[place] = at
  orders[place] = order
  items[place] = item
  return first
}

/** Everything is due so much later. */
export function postpone({ times }: EventQueue<unknown>, byMs: number): void {
  for (let i = 0; i < times.length; i++) times[i]! += byMs
}

const isBefore = (time: number, order: number, otherTime: number, otherOrder: number): boolean =>
  time < otherTime || (time === otherTime && order < otherOrder)
