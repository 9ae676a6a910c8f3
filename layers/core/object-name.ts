const NAME = /^[\w.=-]+(\/[\w.=-]+)*$/

/** @throws RangeError where this is no name of an object. */
export function checkObjectName(name: string): void {
  if (!NAME.test(name) || name.split('/').some((part) => part === '.' || part === '..'))
    throw new RangeError(`${JSON.stringify(name)} is no name of an object`)
}
