/** A tab that nobody looks at listens to nothing, unless its person wants to be told of alerts by the browser. */
let wanted = false

export const listenWhileHidden = (on: boolean): void => {
  wanted = on
}
export const listensWhileHidden = (): boolean => wanted
