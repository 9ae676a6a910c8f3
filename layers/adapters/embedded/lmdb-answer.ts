/**
 * A transaction that LMDB had to give up at its end (a fault in its list of free pages, seen once in thousands of kills) is
 * reported to the console and never answered. Nothing of it is written and the file is whole: whoever opens it anew can
 * go on. So whoever waits is told, sooner than never.
 */
export const GIVE_UP_MS = 60_000

/** @throws Error when there is no answer within that time. */
export async function answered<T>(writing: Promise<T>, giveUpMs = GIVE_UP_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, failed) => {
    timer = setTimeout(
      () =>
        failed(
          new Error(`the database did not finish a write within ${giveUpMs / 1000} s: start again, nothing is lost`),
        ),
      giveUpMs,
    )
  })
  try {
    return await Promise.race([writing, silence])
  } finally {
    clearTimeout(timer)
  }
}
