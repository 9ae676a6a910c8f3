/** Work that waits for nothing outside would keep requests and folds waiting: it asks here between its steps. */
const TURN_MS = 4

let turnStartedAt = 0
let nextTurn: Promise<void> | undefined

/** Resolves at once within a turn of a few milliseconds, and after everybody else's turn where that is over. */
export async function letOthersIn(): Promise<void> {
  while (performance.now() - turnStartedAt > TURN_MS) {
    nextTurn ??= new Promise((done) => {
      setImmediate(() => {
        turnStartedAt = performance.now()
        nextTurn = undefined
        done()
      })
    })
    await nextTurn
  }
}
