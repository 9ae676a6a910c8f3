/** Work on one thing, one after the other within this process; of different things at once. */
const lines = new WeakMap<object, Map<string, Promise<unknown>>>()

/** Begins when what was asked for before under this owner and name is over, however that ended. Answers as the work does. */
export async function inTurn<T>(owner: object, name: string, work: () => Promise<T>): Promise<T> {
  let turns = lines.get(owner)
  if (turns === undefined) lines.set(owner, (turns = new Map()))
  const before = turns.get(name)
  const turn = before === undefined ? work() : before.then(work, work)
  turns.set(name, turn)
  try {
    return await turn
  } finally {
    if (turns.get(name) === turn) turns.delete(name)
  }
}
