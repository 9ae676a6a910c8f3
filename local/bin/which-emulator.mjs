/** Names of emulators, as `cdk/config.ts` has them, by the path at which each says how it is. MiniStack answers at LocalStack's, too. */
const HEALTH = { ministack: '/_ministack/health', localstack: '/_localstack/health' }

/** The name of the emulator that runs at this address; undefined where none says so. */
export async function whichEmulator(endpoint) {
  for (const [name, path] of Object.entries(HEALTH)) {
    const answer = await fetch(endpoint.replace(/\/$/, '') + path).catch(() => undefined)
    if (answer?.ok) return name
  }
  return undefined
}
