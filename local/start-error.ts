/** Why the engine cannot start or go on, in one line that says what to do. Nothing was damaged. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
